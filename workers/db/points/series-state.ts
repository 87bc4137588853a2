import type { RunId } from '../../../src/model/units.ts'
import type { PointStats } from './point-stats.ts'
import type { Tail } from './tail.ts'

/**
 * What the store's memory knows of a series that is being written.
 *
 * All its points are: `sealed` points in full chunks, then the tail, of which the first `shortCount` points are in a
 * short chunk as well.
 */
export interface SeriesState {
  readonly id: number
  readonly runId: RunId
  readonly key: string
  /** null before its first point. */
  stats: PointStats | null
  sealed: number
  readonly tail: Tail
  /** The chunk that holds the beginning of the tail; null when there is none. */
  shortChunkId: number | null
  shortCount: number
}
