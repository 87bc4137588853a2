import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { COMMAND, LIBRARY_URL, NODE } from '../kymo-command.ts'
import { expect, test } from '../tracker-page.ts'
import { canServe, startMlflow, type MlflowServer, type StoreKind } from './mlflow-server.ts'

const RUNS = 20
const STEPS = 2_500
const LAYERS = 700

/** Values that are none, what is too long, names MLflow does not take, fractions, a sweep, an artifact, and many plain runs. */
const TRAINING = `
import { init } from ${JSON.stringify(LIBRARY_URL)}
const odd = init({ experiment: 'pushed', name: 'odd', tags: { from: 'node' },
  params: { lr: 0.1, optimizer: { name: 'adam', betas: [0.9, 0.99] }, long: 'x'.repeat(9_000), 'odd$key': 1, zero: 'a\\0b' } })
odd.setNotes('a note')
for (let step = 0; step < ${STEPS}; step += 1)
  odd.log({ loss: step % 7 === 3 ? NaN : step % 11 === 5 ? Infinity : 1 / (step + 1), 'val/acc': -step })
odd.log({ half: 1 }, { step: 0.5 })
await odd.logArtifact('weights', new Blob(['0123456789'.repeat(200_000)]), { type: 'model' })
await odd.logArtifact('files', { 'a#1.txt': 'one', 'b%23.txt': 'two' })
for (let layer = 0; layer < ${LAYERS}; layer += 1) odd.log({ ['gradients of a layer/' + layer]: layer })
odd.fail(new Error('on purpose'))
for (let trial = 0; trial < 3; trial += 1) {
  const run = init({ experiment: 'pushed', name: 'trial ' + trial, group: 'first sweep', jobType: 'sweep', params: { trial } })
  run.log({ loss: trial })
  await run.finish()
}
for (let index = 0; index < ${RUNS}; index += 1) {
  const run = init({ experiment: 'pushed', name: 'plain ' + index })
  for (let step = 0; step < ${STEPS}; step += 1) run.log({ loss: step })
  await run.finish()
}
`

/** All that a client of MLflow reads of it. */
const READ = `
experiment = client.get_experiment_by_name('pushed')
runs = []
for run in client.search_runs([experiment.experiment_id], max_results=1000):
    metrics = { key: sorted([m.step, m.timestamp, repr(m.value)] for m in client.get_metric_history(run.info.run_id, key))
        for key in run.data.metrics }
    runs.append({ 'id': run.info.run_id, 'name': run.info.run_name, 'status': run.info.status, 'end': run.info.end_time,
        'params': run.data.params, 'tags': run.data.tags, 'metrics': metrics,
        'files': [f.path for folder in ('weights/v1', 'files/v1', 'kymo') for f in client.list_artifacts(run.info.run_id, folder)] })
print(json.dumps({ 'runs': runs, 'models': [m.name for m in client.search_registered_models()] }))
`

interface ReadRun {
  readonly id: string
  readonly name: string
  readonly status: string
  readonly params: Readonly<Record<string, string>>
  readonly tags: Readonly<Record<string, string>>
  readonly metrics: Readonly<Record<string, readonly (readonly [number, number, string])[]>>
  readonly files: readonly string[]
}

let folder = ''
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kymo-push-'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'train.mjs'), TRAINING)
  const { stderr } = spawnSync(NODE, ['train.mjs'], { cwd: folder, encoding: 'utf8' })
  expect(stderr).toBe('')
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Pushes and is killed after a while; answers whether it was. */
async function killedPush(url: string, afterMs: number): Promise<boolean> {
  const pushing = spawn(NODE, [COMMAND, 'push', 'mlflow', url, '--models'], { cwd: folder, stdio: 'ignore' })
  const ended = new Promise<boolean>((settle) =>
    pushing.once('exit', (_code, signal) => settle(signal !== null)),
  )
  setTimeout(() => pushing.kill('SIGKILL'), afterMs)
  return ended
}

const SERVERS: readonly (readonly [string, StoreKind])[] = [
  ['2.22.0', 'sqlite'],
  ['3.1.0', 'sqlite'],
  ['2.22.0', 'postgresql'],
  ['3.1.0', 'postgresql'],
  ['2.22.0', 'files'],
  ['3.1.0', 'files'],
]
for (const [version, kind] of SERVERS)
  test(`MLflow ${version} over ${kind} has what was pushed, though it was killed meanwhile`, async () => {
    test.skip(
      !canServe(kind),
      `There is no ${kind === 'postgresql' ? 'PostgreSQL' : 'Python'} on this machine.`,
    )
    const server = await startMlflow(version, kind)
    try {
      let kills = 0
      for (const afterMs of [400, 900, 1_500]) if (await killedPush(server.url, afterMs)) kills += 1
      expect(kills).toBeGreaterThan(0)
      const { status, stderr } = spawnSync(NODE, [COMMAND, 'push', 'mlflow', server.url, '--models'], {
        cwd: folder,
        encoding: 'utf8',
      })
      expect(stderr).toMatch(/\d+ runs pushed, \d+ new points/)
      expect(status).toBe(0)
      check(server)
    } finally {
      server.stop()
    }
  })

function check(server: MlflowServer): void {
  const { runs, models } = server.python<{ runs: readonly ReadRun[]; models: readonly string[] }>(READ)
  const named = (name: string): ReadRun => {
    const [run, another] = runs.filter((each) => each.name === name)
    if (run === undefined || another !== undefined) throw new Error(`${name} is not there once`)
    return run
  }
  expect(runs).toHaveLength(1 + 3 + 1 + RUNS)
  for (let index = 0; index < RUNS; index += 1) {
    const { status, metrics } = named(`plain ${index}`)
    expect(status).toBe('FINISHED')
    expect(metrics['loss']?.map(([step, , value]) => [step, Number(value)])).toEqual(
      Array.from({ length: STEPS }, (_, step) => [step, step]),
    )
  }
  const odd = named('odd')
  expect(odd.status).toBe('FAILED')
  expect(odd.params).toMatchObject({
    lr: '0.1',
    'optimizer.name': 'adam',
    'optimizer.betas': '[0.9,0.99]',
    odd_key: '1',
  })
  expect(odd.params['long']).toMatch(/^x+…$/)
  expect(odd.tags).toMatchObject({ from: 'node', 'mlflow.note.content': 'a note' })
  // Each once, in a store of files too.
  expect(odd.metrics['loss']).toHaveLength(STEPS)
  const losses = new Map(odd.metrics['loss']?.map(([step, , value]) => [step, value]))
  expect(losses.size).toBe(STEPS)
  expect([losses.get(3), Number(losses.get(0))]).toEqual(['nan', 1])
  expect(['inf', '1.7976931348623157e+308']).toContain(losses.get(5))
  expect(odd.metrics['val/acc']).toHaveLength(STEPS)
  expect(odd.metrics['half']?.[0]?.[0]).toBe(1)
  expect(odd.params['zero']).toBe('a\uFFFDb')
  expect(odd.files.map((path) => path.replaceAll(/-[\da-f]{8}/g, '-…'))).toEqual([
    'weights/v1/data',
    'files/v1/a_1-….txt',
    'files/v1/b_23-….txt',
    'kymo/points.csv',
    'kymo/run.json',
  ])
  expect(Object.keys(odd.metrics)).toHaveLength(3 + LAYERS)
  expect(models).toEqual(['weights'])
  const sweep = named('first sweep')
  for (const trial of ['trial 0', 'trial 1', 'trial 2'])
    expect(named(trial).tags['mlflow.parentRunId']).toBe(sweep.id)
}
