import { NUMBER } from '../../../src/model/column.ts'
import type { SeriesWindow } from '../../../src/protocol/windows.ts'
import { OWN_DATABASE } from '../../../src/protocol/database-id.ts'
import { createRandom } from '../../../src/model/seeded-random.ts'
import { BATCH_POINTS, ingest, makeBatches, openBenchStore } from './bench-store.ts'
import type { BatchSource, BenchStore } from './bench-store.ts'

const BUCKETS = 2_000
const NARROWEST = 1_000
const WARM_UP = 20
/** Wider windows are not drawn again to be compared. */
const VERIFIED_POINTS = 2_000_000
const OPENINGS = 20
/** Points that are in the log only when the store is let go of without a commit. */
const UNCOMMITTED_POINTS = 5_000

export interface WindowTimes {
  /** Random windows of a series of `longPoints` and of one of `shortPoints`, in turns. */
  readonly longMs: number[]
  readonly shortMs: number[]
  /** The first window after opening, when nothing is at hand. */
  readonly firstMs: number[]
  /** From nothing to a service that answers, over both series; after an orderly end, and after none. */
  readonly openMs: number[]
  readonly openAfterKillMs: number[]
}

interface Asked {
  readonly from: number
  readonly to: number
}

/** Ingests two series, then times windows of them: widths log-uniform, places uniform. Then times opening the store. */
export async function measureWindows(
  longPoints: number,
  shortPoints: number,
  rounds: number,
): Promise<WindowTimes> {
  let store = await openBenchStore()
  await fill(store, makeBatches('long', 1), longPoints)
  await fill(store, makeBatches('short', 1), shortPoints)
  const random = createRandom(rounds)
  const times: WindowTimes = { longMs: [], shortMs: [], firstMs: [], openMs: [], openAfterKillMs: [] }

  async function timed(into: number[], runId: string, points: number): Promise<void> {
    const asked = randomWindow(random, points)
    const start = performance.now()
    const window = await read(store, runId, asked)
    into.push(performance.now() - start)
    verify(window, asked)
  }
  for (let round = 0; round < WARM_UP + rounds; round++) {
    const isWarm = round >= WARM_UP
    await timed(isWarm ? times.longMs : [], 'long', longPoints)
    await timed(isWarm ? times.shortMs : [], 'short', shortPoints)
  }

  const late = makeBatches('late', 1)
  for (let round = 0; round < OPENINGS; round++) {
    const isKilled = round % 2 === 1
    if (isKilled) {
      await ingest(store, late.next(UNCOMMITTED_POINTS))
      store.databases.close()
    } else store.service.close()
    const start = performance.now()
    store = await openBenchStore()
    const opened = performance.now()
    ;(isKilled ? times.openAfterKillMs : times.openMs).push(opened - start)
    const window = await read(store, 'long', { from: 0, to: longPoints })
    times.firstMs.push(performance.now() - opened)
    verify(window, { from: 0, to: longPoints - 1 })
    const kept = store.databases.own.sql.value("select count from series where run_id = 'late'", [], NUMBER)
    const sent = Math.ceil(round / 2) * UNCOMMITTED_POINTS
    if ((kept ?? 0) !== sent) throw new Error(`${sent} points were acknowledged, ${kept} are there`)
  }
  store.service.close()
  return times
}

async function fill(store: BenchStore, source: BatchSource, points: number): Promise<void> {
  for (let sent = 0; sent < points; sent += BATCH_POINTS) {
    await ingest(store, source.next(Math.min(BATCH_POINTS, points - sent)))
  }
}

function randomWindow(random: () => number, points: number): Asked {
  const width = Math.round(NARROWEST * (points / NARROWEST) ** random())
  const from = Math.floor(random() * (points - width + 1))
  return { from, to: from + width - 1 }
}

async function read({ service }: BenchStore, runId: string, { from, to }: Asked): Promise<SeriesWindow> {
  const series = [{ runId, key: 'metric_0' }]
  const answer = await service.readWindows({
    database: OWN_DATABASE,
    x: 'step',
    from,
    to,
    buckets: BUCKETS,
    series,
  })
  if (!answer.ok) throw new Error(answer.error.message)
  const [window] = answer.value.windows
  if (window === undefined) throw new Error('no window')
  return window
}

/** Steps are regular, so a window holds as many points as it is wide; its values are those that were drawn. */
function verify(window: SeriesWindow, { from, to }: Asked): void {
  const points = to - from + 1
  if (window.points !== points)
    throw new Error(`${points} points lie in the window, ${window.points} counted`)
  if (points > VERIFIED_POINTS || window.raw) return
  const random = createRandom(seedAt(from))
  let min = Infinity
  let max = -Infinity
  for (let index = 0; index < points; index++) {
    const value = random()
    if (value < min) min = value
    if (value > max) max = value
  }
  if (window.min.reduce((a, b) => Math.min(a, b)) !== min) throw new Error('the least point is missing')
  if (window.max.reduce((a, b) => Math.max(a, b)) !== max) throw new Error('the greatest point is missing')
}

/** Where the random numbers of a batch source of one series stand before a point: its seed is 1, its stride that of mulberry32. */
function seedAt(index: number): number {
  return (1 + Math.imul(index, 0x6d2b79f5)) | 0
}
