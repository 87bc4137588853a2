import type { RunId } from '../../../src/model/units.ts'
import type { Sql } from '../sql.ts'
import { countSealed, findShortChunk, readChunkColumns } from './chunk-rows.ts'
import { decodePending } from './pending-row.ts'
import { slicePoints } from './point-columns.ts'
import type { PointArrays } from './point-columns.ts'
import { findSeries, findSeriesById } from './series-rows.ts'
import type { StoredSeries } from './series-rows.ts'
import type { SeriesState } from './series-state.ts'
import { makeTail } from './tail.ts'

/**
 * The series that are being written, in memory, with their tails.
 *
 * A series that is not here has all its points in chunks: whoever is here may have points in `pending` too.
 */
export interface SeriesMemory {
  /** Bytes of the rows of `pending`. */
  pendingBytes: number
  /** The series when it is here. */
  peek(id: number): SeriesState | undefined
  /** The series, taken in from the database when it is there only. */
  find(runId: RunId, key: string): SeriesState | undefined
  /** A series without a point; its row is written with its first. */
  create(runId: RunId, key: string): SeriesState
  states(): IterableIterator<SeriesState>
  readonly size: number
  nextChunkId(): number
  nextPendingId(): number
  /** Forgets everything and takes it in again from the database: after a commit that failed, or one that deleted. */
  reload(): void
  /** Forgets all series; only while nothing is pending. */
  forget(): void
}

/** `onReload` hears of every reload: whatever was read before may be gone, its ids given to others. */
export function openSeriesMemory(sql: Sql, onReload: () => void): SeriesMemory {
  const byId = new Map<number, SeriesState>()
  const byName = new Map<string, SeriesState>()
  let lastSeriesId = 0
  let lastChunkId = 0
  let lastPendingId = 0

  function keep(state: SeriesState): SeriesState {
    byId.set(state.id, state)
    byName.set(nameOf(state.runId, state.key), state)
    return state
  }

  function forget(): void {
    byId.clear()
    byName.clear()
  }

  function replay(): void {
    memory.pendingBytes = 0
    sql.each('select sections, points from pending order by id', [], (row) => {
      const blobs = { sections: row.bytes(0), points: row.bytes(1) }
      memory.pendingBytes += blobs.sections.length + blobs.points.length
      for (const { seriesId, start, points } of decodePending(blobs)) {
        const state = byId.get(seriesId) ?? keep(loadState(sql, seriesId))
        appendAfter(state, start, points)
      }
    })
  }

  const memory: SeriesMemory = {
    pendingBytes: 0,
    peek: (id) => byId.get(id),
    find(runId, key) {
      const kept = byName.get(nameOf(runId, key))
      if (kept !== undefined) return kept
      const stored = findSeries(sql, runId, key)
      return stored === undefined ? undefined : keep(storedToState(sql, stored))
    },
    create(runId, key) {
      lastSeriesId += 1
      return keep(emptyState(lastSeriesId, runId, key))
    },
    states: () => byId.values(),
    get size() {
      return byId.size
    },
    nextChunkId: () => (lastChunkId += 1),
    nextPendingId: () => (lastPendingId += 1),
    reload() {
      forget()
      onReload()
      // Never an id twice while this thread lives, whatever was rolled back or erased: the caches go by them.
      lastSeriesId = Math.max(lastSeriesId, lastId(sql, 'series'))
      lastChunkId = Math.max(lastChunkId, lastId(sql, 'chunks'))
      lastPendingId = Math.max(lastPendingId, lastId(sql, 'pending'))
      replay()
    },
    forget,
  }
  memory.reload()
  return memory
}

/** Run ids may hold anything, so the length parts them from the key. */
function nameOf(runId: RunId, key: string): string {
  return `${runId.length}:${runId}${key}`
}

function lastId(sql: Sql, table: 'series' | 'chunks' | 'pending'): number {
  return sql.first(`select coalesce(max(id), 0) from ${table}`, [], (row) => row.number(0)) ?? 0
}

function emptyState(id: number, runId: RunId, key: string): SeriesState {
  return { id, runId, key, stats: null, sealed: 0, tail: makeTail(), shortChunkId: null, shortCount: 0 }
}

function loadState(sql: Sql, id: number): SeriesState {
  const stored = findSeriesById(sql, id)
  if (stored === undefined) throw new Error(`Pending points belong to series ${id}, which is not there.`)
  return storedToState(sql, stored)
}

function storedToState(sql: Sql, stored: StoredSeries): SeriesState {
  const state = emptyState(stored.id, stored.runId, stored.key)
  state.stats = stored.stats
  state.sealed = countSealed(sql, stored.id)
  const short = findShortChunk(sql, stored.id)
  if (short !== undefined) {
    const columns = readChunkColumns(sql, short.id, short.count)
    state.tail.push({ steps: columns.steps(), values: columns.values, times: columns.times() })
    state.shortChunkId = short.id
    state.shortCount = short.count
  }
  return state
}

/** Appends the points the state does not have yet; what was sealed since they became pending is passed over. */
function appendAfter(state: SeriesState, start: number, points: PointArrays): void {
  const have = state.sealed + state.tail.count
  const skip = Math.max(0, have - start)
  if (start > have) throw new Error(`Series ${state.id} misses its points ${have} to ${start}.`)
  if (skip >= points.values.length) return
  state.tail.push(slicePoints(points, skip, points.values.length))
}
