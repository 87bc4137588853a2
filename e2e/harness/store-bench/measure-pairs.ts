import type { SeriesWindow } from '../../../src/protocol/windows.ts'
import { OWN_DATABASE } from '../../../src/protocol/database-id.ts'
import { createRandom } from '../../../src/model/seeded-random.ts'
import { ingest, makeBatches, openBenchStore } from './bench-store.ts'
import type { BenchStore } from './bench-store.ts'

const BATCH_POINTS = 65_535
const BUCKETS = 2_000

export interface PairTimes {
  /** The first window of one metric over another, and after a point was added to both. */
  readonly newMs: number[]
  /** Random windows of the same, when the pairs are at hand. */
  readonly panMs: number[]
}

/** Times windows of one metric over another of `points` points each, whose values are random: x in any order. */
export async function measurePairs(points: number, rounds: number): Promise<PairTimes> {
  const store = await openBenchStore()
  const source = makeBatches('pairs', 2)
  for (let sent = 0; sent < points; sent += BATCH_POINTS) {
    await ingest(store, source.next(Math.min(BATCH_POINTS, points - sent)))
  }
  const random = createRandom(rounds)
  const times: PairTimes = { newMs: [], panMs: [] }
  for (let round = 0; round < rounds; round++) {
    await ingest(store, source.next(1))
    const start = performance.now()
    const whole = await read(store, null, null)
    const middle = performance.now()
    const from = random()
    const part = await read(store, from, from + (1 - from) * random())
    times.panMs.push(performance.now() - middle)
    times.newMs.push(middle - start)
    if (whole.points !== points + round + 1) throw new Error(`${whole.points} pairs of ${points + round + 1}`)
    if (part.points > whole.points) throw new Error('a part holds more than the whole')
  }
  store.service.close()
  return times
}

async function read({ service }: BenchStore, from: number | null, to: number | null): Promise<SeriesWindow> {
  const series = [{ runId: 'pairs', key: 'metric_0' }]
  const request = { database: OWN_DATABASE, x: { metric: 'metric_1' }, from, to, buckets: BUCKETS, series }
  const answer = await service.readWindows(request)
  if (!answer.ok) throw new Error(answer.error.message)
  const [window] = answer.value.windows
  if (window === undefined) throw new Error('no window')
  return window
}
