import type { ArraySection } from '../../src/model/log-batch.ts'
import type { SeriesSummary } from '../../src/model/series.ts'
import { createRandom } from '../../src/model/seeded-random.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { assertClose, assertEqual, valueOf } from './assert.ts'
import { makeClient, openStore, pointsOf, readAll, startOf, STARTED_AT } from './store.fixture.ts'
import type { Drawn, Store, StoreCase } from './store.fixture.ts'

const ROUNDS = 40
const SEEDS = [7, 8]
const RUN_IDS = ['a', 'b']
const KEYS = ['loss', 'val/acc']
/** Of tails, chunks in bulk and chunks that fill up. */
const COUNTS = [0, 1, 3, 40, 700, 4_096, 9_000]
const AUDIT_EVERY = 13
const ARRAY_ENTRIES = 4

/** What summaries say of points, however these came to be there. */
export const SUMMARY_CASES: readonly StoreCase[] = SEEDS.map((seed) => ({
  name: `keeps summaries in agreement with the points over resends, ends and kills (${seed})`,
  async run(openFiles) {
    const random = createRandom(seed)
    let store = await openStore(openFiles)
    const client = makeClient('page')
    const logged = new Map<string, (readonly number[])[]>()
    let arrayCount = 0
    let batch = client.batch(RUN_IDS.map((id) => startOf(id)))
    valueOf(await store.service.ingest(batch))
    for (let round = 0; round < ROUNDS; round++) {
      const sections = Array.from({ length: Math.floor(random() * 4) }, () => drawSection(random))
      // An array may bear the name of a metric, and is no point of it.
      const arrays = random() < 0.3 ? [drawArray(random)] : []
      batch = { ...client.batch([], pointsOf(...sections)), arrays }
      valueOf(await store.service.ingest(batch))
      arrayCount += arrays.length
      for (const { runId, key, points } of sections) {
        const name = `${runId} ${key}`
        logged.set(name, [...(logged.get(name) ?? []), ...points])
      }
      if (random() < 0.3) valueOf(await store.service.ingest(batch))
      if (random() < 0.25) {
        store[random() < 0.6 ? 'abandon' : 'close']()
        store = await openStore(openFiles)
        if (random() < 0.5) valueOf(await store.service.ingest(batch))
      }
      if (round % AUDIT_EVERY === 0 || round === ROUNDS - 1) await audit(store, logged, arrayCount)
    }
    store.close()
  },
}))

function pick<T>(random: () => number, from: readonly T[]): T {
  const picked = from[Math.floor(random() * from.length)]
  if (picked === undefined) throw new Error('nothing to pick from')
  return picked
}

function drawSection(random: () => number): Drawn {
  const start = Math.floor(random() * 1e6)
  const isShuffled = random() < 0.3
  const points = Array.from({ length: pick(random, COUNTS) }, (_, index) => [
    isShuffled ? Math.floor(random() * 1e6) - 5e5 : start + index,
    random() < 0.05 ? pick(random, [Number.NaN, Infinity, -Infinity, -0]) : (random() - 0.5) * 1e3,
    random() < 0.5 ? Math.floor(random() * 1e6) : random() * 1e6,
  ])
  // As doubles of that size keep them.
  const kept = points.map(([step = 0, value = 0, time = 0]) => [step, value, STARTED_AT + time - STARTED_AT])
  return { runId: pick(random, RUN_IDS), key: pick(random, KEYS), points: kept }
}

function drawArray(random: () => number): ArraySection {
  return {
    runId: pick(random, RUN_IDS),
    key: pick(random, [...KEYS, 'weights']),
    dtype: 'uint8',
    shape: [ARRAY_ENTRIES],
    steps: Float64Array.of(Math.floor(random() * 1e6)),
    times: Float64Array.of(STARTED_AT),
    bytes: new Uint8Array(ARRAY_ENTRIES).fill(random() * 256),
  }
}

async function audit(
  store: Store,
  logged: ReadonlyMap<string, readonly (readonly number[])[]>,
  arrayCount: number,
): Promise<void> {
  let arraysFound = 0
  for (const runId of RUN_IDS) {
    const { series, arrays } = valueOf(await store.service.readRun({ database: OWN_DATABASE, runId }))
    for (const { count, bytes } of arrays) {
      arraysFound += count
      assertEqual(bytes, count * ARRAY_ENTRIES, 'bytes of arrays')
    }
    for (const key of KEYS) {
      const points = readAll(store, runId, key)
      assertEqual(points, store.kept(logged.get(`${runId} ${key}`) ?? []), `points of ${key} of ${runId}`)
      const summary = series.find((candidate) => candidate.key === key)
      if (points.length > 0) assertAgrees(summary, points)
      else assertEqual(summary, undefined, `summary of ${key} of ${runId} without points`)
    }
  }
  assertEqual(arraysFound, arrayCount, 'arrays')
}

const least = (column: readonly number[]): number => column.reduce((a, b) => Math.min(a, b), Infinity)
const greatest = (column: readonly number[]): number => column.reduce((a, b) => Math.max(a, b), -Infinity)

function assertAgrees(summary: SeriesSummary | undefined, points: readonly number[][]): void {
  if (summary === undefined) throw new Error('the series has no summary')
  const steps = points.map(([step = 0]) => step)
  const values = points.map(([, value = 0]) => value)
  const times = points.map(([, , time = 0]) => time + STARTED_AT)
  const finite = values.filter(Number.isFinite)
  const { runId: _runId, key: _key, mean, std, ...exact } = summary
  const expected = {
    count: points.length,
    firstStep: steps[0],
    lastStep: steps.at(-1),
    minStep: least(steps),
    maxStep: greatest(steps),
    backSteps: steps.filter((step, index) => step < (steps[index - 1] ?? step)).length,
    firstTime: times[0],
    lastTime: times.at(-1),
    first: values[0],
    last: values.at(-1),
    min: finite.length === 0 ? Number.NaN : least(finite),
    max: finite.length === 0 ? Number.NaN : greatest(finite),
    nanCount: values.filter(Number.isNaN).length,
    posInfCount: values.filter((value) => value === Infinity).length,
    negInfCount: values.filter((value) => value === -Infinity).length,
  }
  assertEqual(exact, expected, 'summary')
  if (finite.length === 0) {
    assertEqual([mean, std], [Number.NaN, Number.NaN], 'mean and deviation of nothing')
    return
  }
  const middle = finite.reduce((a, b) => a + b) / finite.length
  assertClose(mean, middle, 'mean')
  const variance = finite.reduce((sum, value) => sum + (value - middle) ** 2, 0) / finite.length
  assertClose(std, Math.sqrt(variance), 'standard deviation')
}
