import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { NO_POINTS, type Change, type PointColumns } from '../../src/model/log-batch.ts'
import { bornWith, type RunBirth } from '../../src/model/run.ts'
import { createRandom } from '../../src/model/seeded-random.ts'
import { openProjectStore, type ProjectStore } from '../native/project-store.ts'
import { makeMlflowClient } from './mlflow-client.ts'
import { makeNames } from './mlflow-names.ts'
import { startFakeMlflow, type FakeMlflow } from './mlflow-server.fixture.ts'
import { makePusher, type PushResult } from './push-runs.ts'

const STARTED_AT = 1_700_000_000_000
let folder = ''
let store: ProjectStore
let server: FakeMlflow
let sequence = 0

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kymo-push-'))
  store = openProjectStore(join(folder, 'digits.db'))
  server = await startFakeMlflow()
})
afterEach(() => {
  server.close()
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

function say(changes: readonly Change[], points: PointColumns = NO_POINTS): void {
  sequence += 1
  const said = store.ingest({
    clientId: 'a',
    sequence,
    firstUnacknowledged: sequence,
    lock: 'a page',
    changes,
    points,
  })
  if (!said.ok) throw new Error(said.error.message)
}

function start(id: string, more: Partial<RunBirth> = {}, params = {}): Change {
  const run = bornWith({ id, name: id, startedAt: STARTED_AT, ...more })
  return { type: 'startRun', run: { ...run, experiment: { name: 'digits' }, params, tags: { from: 'here' } } }
}

/** `steps` by their ordinals; every seventh value is NaN, every eleventh infinite. */
function points(
  runId: string,
  key: string,
  from: number,
  count: number,
  stepOf = (at: number) => at,
): PointColumns {
  const columns = new Float64Array(3 * count)
  for (let at = 0; at < count; at += 1) {
    const ordinal = from + at
    columns[at] = stepOf(ordinal)
    columns[count + at] = ordinal % 7 === 3 ? Number.NaN : ordinal % 11 === 5 ? -Infinity : ordinal / 3
    columns[2 * count + at] = STARTED_AT + ordinal
  }
  return { sections: [{ runId, key, count }], columns }
}

/** A push of a process of its own: nothing is remembered of those before. */
function push(...runIds: readonly string[]): Promise<PushResult> {
  const pusher = makePusher(makeMlflowClient({ url: server.url, environment: {}, firstRetryMs: 1 }), false)
  return pusher.push(runIds.map((runId) => ({ database: store.database, runId })))
}

function remote(name: string) {
  const [run, another] = server.runs.filter((each) => each.name === name)
  if (run === undefined || another !== undefined) throw new Error(`${name} is not there once`)
  return run
}

it('tells params, tags, points with NaN and the infinities, and how a run ended', async () => {
  say([
    start(
      'a',
      {},
      { lr: 0.1, opt: { name: 'adam', betas: [0.9, 0.99] }, long: 'x'.repeat(7_000), odd$key: 1 },
    ),
  ])
  say([{ type: 'setRunNotes', runId: 'a', notes: 'a note' }], points('a', 'loss', 0, 2_500))
  say([{ type: 'endRun', runId: 'a', status: 'failed', endedAt: STARTED_AT + 5_000 }])
  const result = await push('a')
  expect(result).toMatchObject({ runs: 1, failed: [], pushed: { points: 2_500, shortened: 1, renamed: 1 } })
  const run = remote('a')
  expect([run.status, run.start, run.end]).toEqual(['FAILED', STARTED_AT, STARTED_AT + 5_000])
  expect(run.params.get('opt.name')).toBe('adam')
  expect(run.params.get('opt.betas')).toBe('[0.9,0.99]')
  expect(run.params.get('odd_key')).toBe('1')
  expect(run.tags.get('mlflow.note.content')).toBe('a note')
  expect(run.metrics.size).toBe(2_500)
  expect(run.metrics).toContain(JSON.stringify(['loss', 3, STARTED_AT + 3, 'NaN']))
  expect(run.metrics).toContain(JSON.stringify(['loss', 5, STARTED_AT + 5, '-Infinity']))
  const whole: unknown = JSON.parse(
    new TextDecoder().decode(server.files.get('0/run0/artifacts/kymo/run.json')),
  )
  expect(whole).toMatchObject({ params: { long: 'x'.repeat(7_000) } })
})

it('keeps fractions of steps whole beside, and says how many were rounded', async () => {
  say(
    [start('a')],
    points('a', 'loss', 0, 10, (at) => at / 2),
  )
  expect(await push('a')).toMatchObject({ pushed: { points: 10, rounded: 5 } })
  const csv = new TextDecoder().decode(server.files.get('0/run0/artifacts/kymo/points.csv'))
  expect(csv.split('\n')[2]).toBe(`"loss",0.5,${1 / 3},${STARTED_AT + 1}`)
})

it('shows trials under their sweep and forks under what they came from, each once', async () => {
  const trial = { groupName: 'first sweep', jobType: 'sweep' }
  say([start('one', trial), start('two', trial), start('parent'), start('fork', { parentRunId: 'parent' })])
  await push('one', 'two', 'fork', 'parent')
  const parentOf = (name: string) => remote(name).tags.get('mlflow.parentRunId')
  expect([parentOf('one'), parentOf('two')]).toEqual([remote('first sweep').id, remote('first sweep').id])
  expect(parentOf('fork')).toBe(remote('parent').id)
  expect(server.runs).toHaveLength(5)
})

it('sends what is new, and of a param that changed the first value', async () => {
  say([start('a', {}, { lr: 1 })], points('a', 'loss', 0, 100))
  await push('a')
  say([{ type: 'setParams', runId: 'a', params: { lr: 2, more: 3 } }], points('a', 'loss', 100, 50))
  expect(await push('a')).toMatchObject({ failed: [], pushed: { points: 50 } })
  expect([...remote('a').params]).toEqual([
    ['lr', '1'],
    ['more', '3'],
  ])
  expect(await push('a')).toMatchObject({ pushed: { points: 0 } })
})

it.each([1, 2, 3])('ends the same whatever is lost on the way (%i)', async (seed) => {
  const random = createRandom(seed)
  say(['a', 'b', 'c'].map((id) => start(id, {}, { id })))
  for (const id of ['a', 'b', 'c']) say([], points(id, 'loss', 0, 3_000))
  say([{ type: 'endRun', runId: 'a', status: 'finished', endedAt: STARTED_AT + 9 }])
  server.faults = () => (random() < 0.15 ? 'before' : random() < 0.15 ? 'after' : 'none')
  await push('a', 'b', 'c')
  server.faults = () => 'none'
  expect(await push('a', 'b', 'c')).toMatchObject({ runs: 3, failed: [] })
  expect(server.runs).toHaveLength(3)
  for (const name of ['a', 'b', 'c']) expect(remote(name).metrics.size).toBe(3_000)
  expect(remote('a').status).toBe('FINISHED')
})

it('leaves other runs alone when one fails, and tells why', async () => {
  say([start('a')])
  expect(await push('a', 'nobody')).toMatchObject({ runs: 1, failed: [{ runId: 'nobody' }] })
})

it('gives every key a name of its own that MLflow takes', () => {
  const names = makeNames()
  const said = ['a/b', 'a$b', 'a%b', '../x', '/abs', 'x'.repeat(300), `${'x'.repeat(300)}y`, 'ä b'].map(
    names.of,
  )
  expect(new Set(said).size).toBe(said.length)
  expect(said[0]).toBe('a/b')
  for (const name of said) {
    expect(name.length).toBeLessThanOrEqual(250)
    expect(name).not.toMatch(/[^\p{L}\p{N}_\-. :/]|^\/|(^|\/)\.\.?(\/|$)/u)
  }
})
