import type { ArraySection, Change, RunStart } from '../../src/model/log-batch.ts'
import type { Result } from '../../src/model/result.ts'
import type { ExportFormat } from '../../src/protocol/export-formats.ts'
import type { OpenedFile } from '../../src/protocol/files-api.ts'
import type { TrackerError } from '../../src/protocol/tracker-error.ts'
import type { TrackerEvent } from '../../src/protocol/tracker-event.ts'
import { openDatabases } from '../db/databases.ts'
import { openMemoryFiles } from '../db/memory-files.ts'
import { loadEngine } from '../db/sqlite.ts'
import type { StoreFiles } from '../db/store-files.ts'
import { makeService, type Service } from '../service.ts'
import { startOf } from './store.fixture.ts'

export interface Point {
  readonly step: number
  readonly value: number
  readonly time: number
}

/** A service over files in memory, and what tests do with it. */
export interface Workshop {
  readonly files: StoreFiles
  /** What it announced, in order. */
  readonly events: readonly TrackerEvent[]
  readonly service: Service
  commit(
    changes: readonly Change[],
    series?: Record<string, Record<string, Point[]>>,
    arrays?: readonly ArraySection[],
  ): Promise<void>
  exportAll(format: ExportFormat, database?: string): Promise<Blob>
  open(file: Blob, fileName?: string): Promise<Result<OpenedFile, TrackerError>>
}

export async function openWorkshop(): Promise<Workshop> {
  const files = openMemoryFiles(await loadEngine(), 'a test')
  const events: TrackerEvent[] = []
  const service = makeService(await openDatabases(files), (event) => events.push(event))
  let sequence = 0
  return {
    files,
    events,
    service,
    async commit(changes, series = {}, arrays = []) {
      sequence += 1
      unwrap(
        await service.ingest({
          clientId: 'test',
          sequence,
          firstUnacknowledged: sequence,
          changes,
          points: pointsOf(series),
          ...(arrays.length === 0 ? {} : { arrays }),
        }),
      )
    },
    async exportAll(format, database = 'own') {
      const experiments = unwrap(await service.readExperiments(database))
      const experimentId = experiments[0]?.id ?? ''
      return unwrap(await service.exportFile({ jobId: 'e', database, experimentId, runIds: null, format }))
        .file
    },
    open: (file, fileName = 'a.db') => service.openFile({ jobId: 'o', fileName, file }),
  }
}

function pointsOf(series: Record<string, Record<string, Point[]>>) {
  const sections = Object.entries(series).flatMap(([runId, metrics]) =>
    Object.entries(metrics).map(([key, points]) => ({ runId, key, points })),
  )
  const columns = sections.flatMap(({ points }) => [
    ...points.map((point) => point.step),
    ...points.map((point) => point.value),
    ...points.map((point) => point.time),
  ])
  return {
    sections: sections.map(({ runId, key, points }) => ({ runId, key, count: points.length })),
    columns: Float64Array.from(columns),
  }
}

export function unwrap<T>(result: Result<T, TrackerError>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

export function runStart(id: string, more: Partial<RunStart> = {}): Change {
  return startOf(id, {
    experiment: { name: 'digits', id: 'experiment-1', notes: 'why', createdAt: 1000 },
    ...more,
  })
}
