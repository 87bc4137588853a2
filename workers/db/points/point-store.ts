import type { PointColumns } from '../../../src/model/log-batch.ts'
import type { RunId } from '../../../src/model/units.ts'
import type { Sql } from '../sql.ts'
import type { ChunkColumns } from './chunk-rows.ts'
import type { ChunkIndex } from './chunk-index.ts'
import type { PointArrays } from './point-columns.ts'
import type { StatColumns } from './stat-columns.ts'

/** The points of a database: appended, and read series by series. How they lie in its file is known to nobody else. */
export interface PointStore {
  /** Counts reloads: what was applied in an earlier generation and not committed is gone. */
  readonly generation: number
  /** All points of a series as they are applied now. */
  view(seriesId: number): SeriesView
  /**
   * Appends points inside a transaction and answers how many of them are in the file in the shape they stay in; the others
   * are with the next `checkpoint`. Of the runs that are `born` nothing is stored yet.
   */
  append(points: PointColumns, born: ReadonlySet<RunId>): number
  /** Whether the next points of a series go on from what is in memory. */
  holds(runId: RunId, key: string): boolean
  /** Before a commit: what is in memory only is written. */
  checkpoint(): void
  /** Forgets everything, whatever it holds that the database does not: after a transaction that failed. */
  reload(): void
  /** Deletes the points of some series, a select of their ids with one value, inside a transaction that `reload` follows. */
  erase(seriesIds: string, value: string): void
}

/** How points lie in a file, and what its connection is set to before the first read. */
export interface PointLayout {
  readonly pragmas: string
  /** Brings a file of the newest schema to this layout. */
  open(sql: Sql): PointStore
}

/**
 * The points of one series: full chunks, then the rest as columns.
 *
 * Owner: the store; nothing of it is written to or transferred, and it is valid until the next ingest.
 */
export interface SeriesView {
  readonly chunks: ChunkIndex
  readonly tail: PointArrays
  columns(chunk: number): ChunkColumns
  blocks(chunk: number): StatColumns
}

/** Something kept for every store for as long as it lives: the caches of those who read it. */
export function perStore<T>(make: () => T): (points: PointStore) => T {
  const known = new WeakMap<PointStore, { readonly kept: T }>()
  return (points) => {
    const found = known.get(points) ?? { kept: make() }
    known.set(points, found)
    return found.kept
  }
}

/** A view with a name that tells it from every other of the same store. */
export interface NamedView extends SeriesView {
  readonly name: string
}
