import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { NO_POINTS, type Change, type PointColumns } from '../../src/model/log-batch.ts'
import { bornWith, type RunBirth } from '../../src/model/run.ts'
import { createRandom } from '../../src/model/seeded-random.ts'
import { openProjectStore, type ProjectStore } from '../native/project-store.ts'
import { makeMlflowClient } from './mlflow-client.ts'
import { cutText, toArtifactPath, toNames } from './mlflow-names.ts'
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
  sequence = 0
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
  const client = makeMlflowClient({ url: server.url, environment: {}, firstRetryMs: 1, giveUpMs: 2_000 })
  const pusher = makePusher(client, false)
  return pusher.push(runIds.map((runId) => ({ database: store.database, runId })))
}

async function keep(runId: string, name: string, files: Readonly<Record<string, string>>): Promise<void> {
  const said = await store.service.storeArtifact({
    jobId: 'job',
    id: `of ${runId}`,
    runId,
    name,
    type: 'model',
    step: null,
    createdAt: STARTED_AT,
    metadata: {},
    aliases: [],
    files: Object.entries(files).map(([path, text]) => ({ path, mime: '', blob: new Blob([text]) })),
  })
  if (!said.ok) throw new Error(said.error.message)
}

function textOf(path: string): string {
  return new TextDecoder().decode(server.files.get(path))
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
  expect(result).toMatchObject({ runs: 1, failed: [], points: 2_500, altered: 1, renamed: 1, leftOut: [] })
  const run = remote('a')
  expect([run.status, run.start, run.end]).toEqual(['FAILED', STARTED_AT, STARTED_AT + 5_000])
  expect(run.params.get('opt.name')).toBe('adam')
  expect(run.params.get('opt.betas')).toBe('[0.9,0.99]')
  expect(run.params.get('odd_key')).toBe('1')
  expect(run.tags.get('mlflow.note.content')).toBe('a note')
  expect(run.metrics.length).toBe(2_500)
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
  expect(await push('a')).toMatchObject({ points: 10, rounded: 5 })
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
  expect(await push('a')).toMatchObject({ failed: [], points: 50 })
  expect([...remote('a').params]).toEqual([
    ['lr', '1'],
    ['more', '3'],
  ])
  expect(await push('a')).toMatchObject({ points: 0 })
})

it.each([
  [1, 'sql'],
  [2, 'sql'],
  [3, 'files'],
  [4, 'files'],
] as const)('ends the same whatever is lost on the way (%i, %s)', async (seed, kind) => {
  server.close()
  server = await startFakeMlflow(kind)
  const random = createRandom(seed)
  say(['a', 'b', 'c'].map((id) => start(id, {}, { id })))
  for (const id of ['a', 'b', 'c']) {
    // Of one step, time and value several times, as resumed trainings have them.
    say([], points(id, 'loss', 0, 3_000))
    say(
      [],
      points(id, 'acc', 0, 700, (at) => at / 2),
    )
  }
  say([{ type: 'endRun', runId: 'a', status: 'finished', endedAt: STARTED_AT + 9 }])
  server.faults = () => {
    const chance = random()
    return chance < 0.1 ? 'before' : chance < 0.2 ? 'after' : chance < 0.3 ? 'half' : 'none'
  }
  await push('a', 'b', 'c')
  await push('a', 'b', 'c')
  server.faults = () => 'none'
  expect(await push('a', 'b', 'c')).toMatchObject({ runs: 3, failed: [], ended: null })
  expect(server.runs).toHaveLength(3)
  for (const name of ['a', 'b', 'c']) {
    expect(remote(name).metrics).toHaveLength(3_700)
    expect(new Set(remote(name).metrics).size).toBe(3_700)
    expect(textOf(`0/${remote(name).id}/artifacts/kymo/points.csv`).split('\n')).toHaveLength(3_702)
  }
  expect(remote('a').status).toBe('FINISHED')
})

it('keeps what a store of files would have twice once, though nobody told that it is there', async () => {
  server.close()
  server = await startFakeMlflow('files')
  say([start('a')], points('a', 'loss', 0, 950))
  server.faults = () => (server.requests === 5 ? 'half' : server.requests > 5 ? 'before' : 'none')
  await push('a')
  server.faults = () => 'none'
  expect(await push('a')).toMatchObject({ failed: [] })
  expect(remote('a').metrics).toHaveLength(950)
})

it('sends fractions of steps that a push before was cut off from sending', async () => {
  say(
    [start('a')],
    points('a', 'loss', 0, 10, (at) => at / 2),
  )
  server.faults = () => (server.runs[0]?.metrics.length === 10 ? 'before' : 'none')
  expect(await push('a')).toMatchObject({ ended: expect.stringContaining('does not answer') as string })
  expect(server.files.has('0/run0/artifacts/kymo/points.csv')).toBe(false)
  server.faults = () => 'none'
  expect(await push('a')).toMatchObject({ points: 0, rounded: 5 })
  expect(textOf('0/run0/artifacts/kymo/points.csv')).toContain('"loss",4.5,')
  expect(await push('a')).toMatchObject({ rounded: 0 })
  say(
    [],
    points('a', 'loss', 10, 2, (at) => at / 2),
  )
  say([{ type: 'endRun', runId: 'a', status: 'finished', endedAt: STARTED_AT + 9 }])
  expect(await push('a')).toMatchObject({ points: 2, rounded: 1 })
  expect(textOf('0/run0/artifacts/kymo/points.csv')).toContain('"loss",5.5,')
})

it('sends a thousand series once, however long the list of them is', async () => {
  const keys = Array.from({ length: 1_000 }, (_, index) => `layer/${index}/a long name of a metric`)
  say([start('a')])
  for (const key of keys) say([], points('a', key, 0, 3))
  expect(await push('a')).toMatchObject({ failed: [], points: 3_000 })
  const before = server.requests
  expect(await push('a')).toMatchObject({ points: 0 })
  expect(server.requests - before).toBeLessThan(5)
  say([], points('a', keys[500] ?? '', 3, 1))
  expect(await push('a')).toMatchObject({ points: 1 })
  expect(new Set(remote('a').metrics).size).toBe(3_001)
})

it('cleans texts that databases refuse, and cuts none within a character', async () => {
  const params = { zero: 'a\0b', half: 'a\uD800b', long: `${'x'.repeat(5_998)}😀😀` }
  say([start('a', {}, params)])
  expect(await push('a')).toMatchObject({ failed: [], leftOut: [], altered: 3 })
  expect(Object.fromEntries(server.runs[0]?.params ?? [])).toEqual({
    zero: 'a\uFFFDb',
    half: 'a\uFFFDb',
    long: `${'x'.repeat(5_998)}…`,
  })
  expect(cutText('😀', 1)).toBe('…')
})

it('names files as the server takes them, and finishes the run', async () => {
  const files = { 'a#1.txt': 'one', 'b%23.txt': 'two', 'c:d': 'three', 'plain.txt': 'four' }
  say([start('a')])
  await keep('a', 'we:ights', files)
  say([{ type: 'endRun', runId: 'a', status: 'finished', endedAt: STARTED_AT + 9 }])
  expect(await push('a')).toMatchObject({ failed: [], leftOut: [], renamed: 4 })
  expect(remote('a').status).toBe('FINISHED')
  const kept = [...server.files].filter(([path]) => path.includes('/v1/'))
  expect(kept.map(([path]) => path.replaceAll(/-[\da-f]{8}/g, '-…')).toSorted()).toEqual([
    '0/run0/artifacts/we_ights-…/v1/a_1-….txt',
    '0/run0/artifacts/we_ights-…/v1/b_23-….txt',
    '0/run0/artifacts/we_ights-…/v1/c_d-…',
    '0/run0/artifacts/we_ights-…/v1/plain.txt',
  ])
  expect(kept.map(([, bytes]) => new TextDecoder().decode(bytes)).toSorted()).toEqual(
    Object.values(files).toSorted(),
  )
})

it('leaves out what only this server refuses, and says so in the run too', async () => {
  server.close()
  server = await startFakeMlflow('files')
  say([start('a')], points('a', 'loss/train', 0, 10))
  say([], points('a', 'loss', 0, 10))
  say([], points('a', 'zeta', 0, 10))
  // Series go by key, so that the folder is there when the file comes.
  await push('a')
  say([], points('a', 'loss', 10, 5))
  say([{ type: 'endRun', runId: 'a', status: 'finished', endedAt: STARTED_AT + 9 }])
  const result = await push('a')
  expect(result.leftOut).toEqual([
    { runId: 'a', what: 'loss', why: expect.stringContaining('is a folder') as string },
  ])
  expect(remote('a').tags.get('kymo.left_out')).toContain('loss: ')
  expect(remote('a').status).toBe('FINISHED')
  expect(remote('a').metrics.filter((each) => each.startsWith('["zeta"'))).toHaveLength(10)
})

it('leaves a run alone that was deleted on the server', async () => {
  say([start('a'), start('b')], points('a', 'loss', 0, 10))
  await push('a', 'b')
  const run = remote('a')
  run.isDeleted = true
  say([], points('a', 'loss', 10, 10))
  expect(await push('a', 'b')).toMatchObject({ runs: 1, deleted: ['a'], failed: [] })
  expect(run.metrics).toHaveLength(10)
  run.isDeleted = false
  expect(await push('a', 'b')).toMatchObject({ runs: 2, deleted: [], points: 10 })
})

it('ends with one reason where the server is away', async () => {
  say(Array.from({ length: 30 }, (_, index) => start(`run ${index}`)))
  server.close()
  const result = await push(...Array.from({ length: 30 }, (_, index) => `run ${index}`))
  expect(result).toMatchObject({ runs: 0, failed: [] })
  expect(result.ended).toMatch(/^127\.0\.0\.1:\d+ does not answer: .*\.$/)
})

it('says nothing of its own by tags that a user chose', async () => {
  say([
    start('a'),
    {
      type: 'setTags',
      runId: 'a',
      tags: { 'kymo.run_id': 'x', 'mlflow.parentRunId': 'y', 'kymo.pushed.0': '{"=loss":9}' },
    },
  ])
  say([], points('a', 'loss', 0, 10))
  expect(await push('a')).toMatchObject({ points: 10, renamed: 3 })
  expect(await push('a')).toMatchObject({ points: 0 })
  expect(remote('a').tags.get('tag.kymo.run_id')).toBe('x')
  expect(remote('a').tags.get('mlflow.parentRunId')).toBeUndefined()
})

it('leaves other runs alone when one fails, and tells why', async () => {
  say([start('a')])
  expect(await push('a', 'nobody')).toMatchObject({ runs: 1, failed: [{ runId: 'nobody' }] })
})

it('gives every key a name of its own that MLflow takes, in whatever order they come', () => {
  const keys = ['a/b', 'a$b', 'a%b', '../x', '/abs', 'x'.repeat(300), `${'x'.repeat(300)}y`, 'ä b', 'a_b']
  const names = toNames(keys)
  expect(toNames(keys.toReversed())).toEqual(names)
  expect(new Set(names.values()).size).toBe(keys.length)
  expect(names.get('a/b')).toBe('a/b')
  expect(names.get('a_b')).toBe('a_b')
  for (const name of names.values()) {
    expect(name.length).toBeLessThanOrEqual(250)
    expect(name).not.toMatch(/[^\p{L}\p{N}_\-. :/]|^\/|(^|\/)\.\.?(\/|$)/u)
  }
})

it('goes on calling a series what it was called, though another would have the name now', () => {
  const known = toNames(['a$b'])
  const later = toNames(['a$b', 'a%b', 'a_b'], known)
  expect(later.get('a$b')).toBe('a_b')
  expect(new Set(later.values()).size).toBe(3)
})

it('leaves paths as they are that are fine', () => {
  expect(toArtifactPath('checkpoints/step 100/model.bin')).toBe('checkpoints/step 100/model.bin')
  expect(toArtifactPath('../a.b/c')).toMatch(/^_\/a\.b\/c-[\da-f]{8}$/)
})
