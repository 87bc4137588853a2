import { createSignal, onCleanup, type Accessor } from 'solid-js'
import type { MediaKind } from '../../model/media.ts'
import type { ExperimentId, RunId } from '../../model/units.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import type { MediaColumns } from '../../protocol/media-api.ts'
import { makePaced } from '../tracker/coalesce.ts'
import type { Tracker } from '../tracker/tracker.ts'

/** What one run has logged under a key that is shown. */
export interface RunMedia {
  readonly kind: MediaKind
  readonly count: number
}

/** By key, then by run, both in order. */
export type MediaTable = ReadonlyMap<string, ReadonlyMap<RunId, RunMedia>>

export interface MediaState {
  /** Undefined until the first answer. */
  readonly table: Accessor<MediaTable | undefined>
}

/** As summaries are read; pictures are looked at no faster. Unit: milliseconds. */
const PAUSE_MS = 300

/** What of an experiment can be looked at, live. */
export function createMedia(tracker: Tracker, database: DatabaseId, experimentId: ExperimentId): MediaState {
  const [table, setTable] = createSignal<MediaTable>()
  /** Runs to be asked about again; null for all. */
  let dirty: Set<RunId> | null = null

  const refresh = makePaced(async () => {
    if (dirty?.size === 0) return
    const runIds = dirty === null ? null : [...dirty]
    dirty = new Set()
    const answer = await tracker.api.readMedia({ database, experimentId, runIds })
    if (!answer.ok) dirty = null
    else if (runIds === null || answer.value.key.length > 0 || (table()?.size ?? 0) > 0) {
      setTable((known) => replaceMedia(known ?? new Map(), runIds, answer.value))
    }
  }, PAUSE_MS)
  refresh()

  onCleanup(
    tracker.onEvent((event) => {
      if (event.type === 'storageChanged') dirty = null
      else if (event.type !== 'seriesGrew' && event.type !== 'runsChanged') return
      else if (event.database !== database) return
      else if (event.runIds.length === 0) dirty = null
      else for (const id of event.runIds) dirty?.add(id)
      refresh()
    }),
  )
  return { table }
}

/** The table with what some runs have read again, null for all of them. */
export function replaceMedia(
  table: MediaTable,
  runIds: readonly RunId[] | null,
  columns: MediaColumns,
): MediaTable {
  const replaced = new Map<string, Map<RunId, RunMedia>>()
  if (runIds !== null) {
    for (const [key, runs] of table) {
      const kept = new Map(runs)
      for (const id of runIds) kept.delete(id)
      replaced.set(key, kept)
    }
  }
  columns.key.forEach((key, index) => {
    const [runId, kind] = [columns.runId[index], columns.kind[index]]
    if (runId === undefined || kind === undefined) return
    const runs = replaced.get(key) ?? new Map<RunId, RunMedia>()
    replaced.set(key, runs.set(runId, { kind, count: columns.count[index] ?? 0 }))
  })
  return new Map([...replaced].filter(([, runs]) => runs.size > 0))
}
