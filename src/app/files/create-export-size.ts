import { createEffect, createMemo, createSignal, on, type Accessor } from 'solid-js'
import type { ExperimentId, RunId } from '../../model/units.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import { EXPORT_FORMATS, type ExportFormat } from '../../protocol/export-formats.ts'
import { createSeries } from '../experiment/create-series.ts'
import { createLiveRead } from '../tracker/create-live-read.ts'
import type { Tracker } from '../tracker/tracker.ts'

/** What leaves in one file. */
export interface Leaving {
  readonly database: DatabaseId
  readonly experimentId: ExperimentId
  /** null for all runs of the experiment. */
  readonly runIds: readonly RunId[] | null
  /** How many they are; undefined where only the store knows. */
  readonly runCount: number | undefined
  readonly format: ExportFormat
  /** Of artifacts that go along. Unit: bytes. */
  readonly artifactBytes: number
}

export interface ExportSize {
  readonly runs: number
  readonly points: number
  /** About how large the file will be. */
  readonly bytes: number
  /** Whether that is with everything: false until it is known what arrays and consoles take. */
  readonly isWhole: boolean
}

/** What is logged meanwhile counts soon enough. Unit: milliseconds. */
const PAUSE_MS = 2_000

/** How much leaves, live. */
export function createExportSize(tracker: Tracker, leaving: Accessor<Leaving>): Accessor<ExportSize> {
  const database = createMemo(() => leaving().database)
  const experimentId = createMemo(() => leaving().experimentId)
  const runIds = createMemo(() => leaving().runIds)
  const series = createMemo(() => createSeries(tracker, database(), experimentId()))
  const [logged, setLogged] = createSignal<number | null>(null)
  const query = createMemo(() => ({
    database: database(),
    experimentId: experimentId(),
    runIds: runIds(),
  }))
  createEffect(on(query, () => setLogged(null), { defer: true }))
  createLiveRead(tracker, {
    database,
    on: ['seriesGrew', 'runsChanged'],
    pauseMs: PAUSE_MS,
    query,
    read: () => tracker.api.measureLogged(query()),
    take: setLogged,
  })

  return createMemo(() => {
    const { runCount, format, artifactBytes } = leaving()
    const { takesArtifacts, bytes } = EXPORT_FORMATS[format]
    const table = series().table()
    const ids = runIds() ?? [...table.keys()]
    const summaries = ids.flatMap((id) => [...(table.get(id)?.values() ?? [])])
    const points = summaries.reduce((sum, { count }) => sum + count, 0)
    const runs = runIds()?.length ?? runCount ?? ids.length
    const rows = bytes.file + runs * bytes.run + summaries.length * bytes.series + points * bytes.point
    const besides = takesArtifacts ? (logged() ?? 0) + artifactBytes : 0
    return { runs, points, bytes: rows + besides, isWhole: !takesArtifacts || logged() !== null }
  })
}
