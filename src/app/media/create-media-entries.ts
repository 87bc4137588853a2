import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { RunId } from '../../model/units.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import { MAX_ARRAYS_READ, type ArrayColumns } from '../../protocol/media-api.ts'
import { makeCoalesced } from '../tracker/coalesce.ts'
import { sortEntries, type MediaEntry } from './media-steps.ts'
import type { Tracker } from '../tracker/tracker.ts'

/** The entries of runs by step; a run is missing until it was read. */
export type EntriesByRun = ReadonlyMap<RunId, readonly MediaEntry[]>

/** How many entries of a run are looked at: beyond it the older steps are out of reach. */
export const MAX_ENTRIES = 100_000

/** What each of some runs has under a key, live: `counts` says how many entries each has by now. */
export function createMediaEntries(
  tracker: Tracker,
  database: DatabaseId,
  key: string,
  counts: Accessor<ReadonlyMap<RunId, number>>,
): { readonly entries: Accessor<EntriesByRun>; readonly failure: Accessor<string | null> } {
  const [entries, setEntries] = createSignal<EntriesByRun>(new Map())
  const [failure, setFailure] = createSignal<string | null>(null)
  const gone = new AbortController()
  onCleanup(() => gone.abort())

  async function readRun(runId: RunId, known: readonly MediaEntry[]): Promise<readonly MediaEntry[] | null> {
    let found = known
    while (found.length < MAX_ENTRIES && !gone.signal.aborted) {
      const request = { database, runId, key, from: found.length, limit: MAX_ARRAYS_READ }
      const read = await tracker.api.readArrays(request)
      if (!read.ok) {
        setFailure(read.error.message)
        return null
      }
      const next = continued(found, read.value)
      // What came in parts may have arrived between those known: then all of them are read again.
      if (next === null) {
        found = []
        continue
      }
      found = next
      if (found.length >= read.value.total || read.value.id.length === 0) break
    }
    return found
  }

  /** In log order, as they are read on from. */
  const inOrder = new Map<RunId, readonly MediaEntry[]>()
  const refresh = makeCoalesced(async () => {
    let hasChanged = false
    for (const [runId, count] of counts()) {
      const known = inOrder.get(runId) ?? []
      if (known.length === Math.min(count, MAX_ENTRIES) && inOrder.has(runId)) continue
      const found = await readRun(runId, known)
      if (gone.signal.aborted) return
      if (found === null) continue
      inOrder.set(runId, found)
      hasChanged = true
    }
    if (!hasChanged) return
    setFailure(null)
    setEntries(new Map([...inOrder].map(([runId, found]) => [runId, sortEntries(found)])))
  })
  createEffect(on(counts, refresh))
  return { entries, failure }
}

/** The known entries and those read after them; null when they do not follow one another. */
export function continued(
  known: readonly MediaEntry[],
  { total, id, step, time, bytes }: ArrayColumns,
): readonly MediaEntry[] | null {
  const last = known.at(-1)
  if (last !== undefined && (total < known.length || (id[0] ?? Number.POSITIVE_INFINITY) <= last.id))
    return null
  const read = Array.from(id, (each, index): MediaEntry => ({
    id: each,
    place: known.length + index,
    step: step[index] ?? 0,
    time: time[index] ?? 0,
    bytes: bytes[index] ?? 0,
  }))
  return [...known, ...read]
}
