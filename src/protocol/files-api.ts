import type { ExportFormat } from './export-formats.ts'
import type { OpenFormat } from './open-formats.ts'
import type { ExperimentId, RunId, UnixMs } from '../model/units.ts'
import type { CallsOf } from './call-kind.ts'
import type { DatabaseId } from './database-id.ts'
import type { Outcome } from './outcome.ts'

/** Runs on their way between databases and files. */
export interface FilesApi {
  exportFile(request: ExportRequest): Outcome<ExportedFile>
  openFile(request: OpenRequest): Outcome<OpenedFile>
  /** Copies an opened file's runs into the own database; runs that are there already are left as they are. */
  keepFile(request: KeepRequest): Outcome<KeepReceipt>
  closeFile(database: DatabaseId): Outcome<null>
}

export const FILES_CALLS = {
  exportFile: 'once',
  openFile: 'once',
  keepFile: 'once',
  closeFile: 'again',
} as const satisfies CallsOf<FilesApi>

export interface ExportRequest {
  readonly jobId: string
  readonly database: DatabaseId
  /** null for all experiments: a backup. */
  readonly experimentId: ExperimentId | null
  /** null for all runs of the experiment. */
  readonly runIds: readonly RunId[] | null
  readonly format: ExportFormat
  /** Whether artifacts go with the runs, which they do when left out. */
  readonly artifacts?: boolean
}

export interface ExportedFile {
  readonly file: Blob
  /** Safe on every file system, with its extension. */
  readonly fileName: string
  readonly runs: number
  readonly points: number
}

export interface OpenRequest {
  readonly jobId: string
  readonly fileName: string
  readonly file: Blob
}

export interface OpenedFile {
  readonly database: DatabaseId
  readonly fileName: string
  readonly fileBytes: number
  readonly format: OpenFormat
  readonly openedAt: UnixMs
  readonly runs: number
  readonly points: number
  /** What of the file could not be taken over, in sentences; empty when everything was. */
  readonly warnings: readonly string[]
}

export interface KeepRequest {
  readonly jobId: string
  readonly database: DatabaseId
}

export interface KeepReceipt {
  readonly kept: number
  /** Runs that were in the own database already. */
  readonly skipped: number
}
