import { createSignal, type Accessor } from 'solid-js'
import type { MediaKind } from '../../model/media.ts'
import type { ExperimentId, RunId } from '../../model/units.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import type { MediaColumns } from '../../protocol/media-api.ts'
import { createLiveRead } from '../tracker/create-live-read.ts'
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

  createLiveRead(tracker, {
    database,
    on: ['seriesGrew', 'runsChanged'],
    of: ({ runIds }) => runIds,
    pauseMs: PAUSE_MS,
    read: (runIds) => tracker.api.readMedia({ database, experimentId, runIds }),
    take(columns, runIds) {
      // Most runs log none: then nothing is told to have changed.
      if (runIds !== null && columns.key.length === 0 && (table()?.size ?? 0) === 0) return
      setTable((known) => replaceMedia(known ?? new Map(), runIds, columns))
    },
  })
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
