import { NUMBER } from '../../../src/model/column.ts'
import type { RunId } from '../../../src/model/units.ts'
import type { Sql } from '../sql.ts'
import { countSealed, findShortChunk, readChunkColumns } from './chunk-rows.ts'
import { findSeries } from './series-rows.ts'
import type { StoredSeries } from './series-rows.ts'
import type { SeriesState } from './series-state.ts'
import { makeTail } from './tail.ts'

/**
 * The series that are being written, in memory, with their tails.
 *
 * A series that is not here has all its points in chunks; the tail of one that is may have grown since.
 */
export interface SeriesMemory {
  /** Counts reloads: what was applied in an earlier generation and not committed is gone. */
  readonly generation: number
  /** The series when it is here. */
  peek(id: number): SeriesState | undefined
  /** The series when it is here, by its name. */
  recall(runId: RunId, key: string): SeriesState | undefined
  /** The series, taken in from the database when it is there only. */
  find(runId: RunId, key: string): SeriesState | undefined
  /** A series without a point; its row is written with its first. */
  create(runId: RunId, key: string): SeriesState
  states(): IterableIterator<SeriesState>
  readonly size: number
  nextChunkId(): number
  /** Forgets everything, whatever it holds that the database does not: after a transaction that failed, or one that deleted. */
  reload(): void
  /** Forgets a series; only when the database holds all its points. */
  forget(state: SeriesState): void
}

/** `onReload` hears of every reload: whatever was read before may be gone, its ids given to others. */
export function openSeriesMemory(sql: Sql, onReload: () => void): SeriesMemory {
  const byId = new Map<number, SeriesState>()
  const byName = new Map<string, SeriesState>()
  let lastSeriesId = 0
  let lastChunkId = 0
  let generation = 0

  function keep(state: SeriesState): SeriesState {
    byId.set(state.id, state)
    byName.set(nameOf(state.runId, state.key), state)
    return state
  }

  function forget(state: SeriesState): void {
    byId.delete(state.id)
    byName.delete(nameOf(state.runId, state.key))
    state.tail.release()
  }

  const memory: SeriesMemory = {
    get generation() {
      return generation
    },
    peek: (id) => byId.get(id),
    recall: (runId, key) => byName.get(nameOf(runId, key)),
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
    reload() {
      generation += 1
      for (const state of byId.values()) forget(state)
      onReload()
      // Never an id twice while this thread lives, whatever was rolled back or erased: the caches go by them.
      lastSeriesId = Math.max(lastSeriesId, lastId(sql, 'series'))
      lastChunkId = Math.max(lastChunkId, lastId(sql, 'chunks'))
    },
    forget,
  }
  memory.reload()
  return memory
}

/** Run ids may hold anything, so the length parts them from the key. */
export function nameOf(runId: RunId, key: string): string {
  return `${runId.length}:${runId}${key}`
}

function lastId(sql: Sql, table: 'series' | 'chunks'): number {
  return sql.value(`select coalesce(max(id), 0) from ${table}`, [], NUMBER) ?? 0
}

function emptyState(id: number, runId: RunId, key: string): SeriesState {
  return { id, runId, key, stats: null, sealed: 0, tail: makeTail(), shortChunkId: null, shortCount: 0 }
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
