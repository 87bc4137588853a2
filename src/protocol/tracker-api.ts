import type { ArrayDtype, ArrayShape } from '../model/array.ts'
import type { Arrangement } from '../model/experiment.ts'
import type { MediaKind, MediaNote } from '../model/media.ts'
import type { LogBatch, Refusal } from '../model/log-batch.ts'
import type { Params, Run, RunEvent, RunStatus, Tags } from '../model/run.ts'
import type { Result } from '../model/result.ts'
import type { SeriesSummary, Statistic } from '../model/series.ts'
import type { ExperimentId, RunId, UnixMs } from '../model/units.ts'
import type {
  ArtifactFileRequest,
  ArtifactList,
  ArtifactsRequest,
  EraseArtifactsReceipt,
  EraseArtifactsRequest,
  StoreArtifactRequest,
  StoredArtifact,
} from './artifacts.ts'
import type { ConsoleLines, ConsoleRequest } from './console-lines.ts'
import type { ExportFormat } from './export-formats.ts'
import type { OpenFormat } from './open-formats.ts'
import type { EventColumns, EventsRequest } from './run-events.ts'
import type { BinColumns, EmptyBinReceipt, EmptyBinRequest } from './bin.ts'
import type { CellsRequest, RunCells, RunKey, RunQuery, RunTable } from './run-query.ts'
import type { WindowRequest, WindowsAnswer } from './windows.ts'
import type { SqlAnswer, SqlRequest } from './sql.ts'
import type { TrackerError } from './tracker-error.ts'

/** `own` is what was tracked here; any other is an opened file, kept apart. */
export type DatabaseId = string
export const OWN_DATABASE: DatabaseId = 'own'

export type Outcome<T> = Promise<Result<T, TrackerError>>

/**
 * Everything a page or a training worker may ask of the tracker worker.
 *
 * All arguments and answers are cloneable, readonly and coarse; expected failures are returned, never thrown. Every
 * call but a long job (see `calls.ts`) answers within `CALL_DEADLINE_MS` or the worker is taken for dead.
 */
export interface TrackerApi {
  /** Handshake: resolves when a database is open, here or in the owner. */
  hello(client: ClientHello): Outcome<Welcome>
  /** Commits a batch. When it answers the rows are durable. */
  ingest(batch: LogBatch): Outcome<IngestReceipt>

  readExperiments(database: DatabaseId): Outcome<readonly ExperimentRow[]>
  /** What was arranged in an experiment and kept with it. */
  readArrangement(request: ArrangementRequest): Outcome<Arrangement>
  readRuns(request: RunsRequest): Outcome<RunColumns>
  /** What the runs of an experiment have values of. */
  readKeys(request: KeysRequest): Outcome<readonly RunKey[]>
  /** Filters, sorts and pages over runs. */
  queryRuns(query: RunQuery): Outcome<RunTable>
  /** Columns of runs whose order is known already. Cost: a lookup for each cell. */
  readCells(request: CellsRequest): Outcome<RunCells>
  readSeries(request: SeriesRequest): Outcome<SeriesColumns>
  readRun(request: RunRequest): Outcome<RunDetail>
  readWindows(request: WindowRequest): Outcome<WindowsAnswer>
  /** Which arrays that show something were logged, of which runs. */
  readMedia(request: MediaRequest): Outcome<MediaColumns>
  readArrays(request: ArraysRequest): Outcome<ArrayColumns>
  readArray(request: ArrayRequest): Outcome<ArrayStart>
  /** Part of one array; ask on from where it ends. */
  readArrayBytes(request: ArrayBytesRequest): Outcome<Uint8Array>
  /** What a run said on its console. */
  readConsole(request: ConsoleRequest): Outcome<ConsoleLines>
  /** What happened to runs besides their points. */
  readEvents(request: EventsRequest): Outcome<EventColumns>
  readStorage(): Outcome<StorageReport>
  /** Runs a query for a moment. Errors: `sql-wrong` with its place; `sql-slow` when the moment is over. */
  querySql(request: SqlRequest): Outcome<SqlAnswer>
  /** The bytes of a database as of now, for a query that takes longer. Errors: `sql-memory` when it is too large. */
  copyDatabase(database: DatabaseId): Outcome<Blob>

  exportFile(request: ExportRequest): Outcome<ExportedFile>
  openFile(request: OpenRequest): Outcome<OpenedFile>
  /** Copies an opened file's runs into the own database; runs that are there already are left as they are. */
  keepFile(request: KeepRequest): Outcome<KeepReceipt>
  closeFile(database: DatabaseId): Outcome<null>
  /** The bytes of a damaged database, as they are. */
  exportDamaged(request: ExportDamagedRequest): Outcome<ExportedFile>
  /** Notes that the user has read about a damaged database, or wants to again, or deletes it. */
  settleDamaged(request: SettleDamagedRequest): Outcome<null>
  /** The removed runs of the own database, the one removed last first. */
  readBin(): Outcome<BinColumns>
  /** Deletes removed runs for good and gives their room back. When cancelled, those deleted by then stay deleted. */
  emptyBin(request: EmptyBinRequest): Outcome<EmptyBinReceipt>
  /**
   * Stores a version of named bytes; none is made where the newest one holds the same.
   *
   * Errors: `storage-full` when there is no room for all of it, `unknown-run`, `artifact-malformed`. Then nothing is kept.
   */
  storeArtifact(request: StoreArtifactRequest): Outcome<StoredArtifact>
  readArtifacts(request: ArtifactsRequest): Outcome<ArtifactList>
  /** One file of a version. Errors: `unknown-artifact` when it is not there, or its bytes were given up. */
  readArtifactFile(request: ArtifactFileRequest): Outcome<Blob>
  /** Gives up the bytes of versions; what is known of them stays. */
  eraseArtifacts(request: EraseArtifactsRequest): Outcome<EraseArtifactsReceipt>
  /** Stops a running export, open, keep or upload, which then answers `cancelled` and leaves nothing behind. */
  cancel(jobId: string): Outcome<null>
}

export const CALL_DEADLINE_MS = 30_000

export interface ClientHello {
  readonly protocolVersion: number
}

export interface Welcome {
  readonly protocolVersion: number
  readonly storage: StorageKind
}

/** memory: nothing survives the tab; `reason` in StorageReport says why. */
export type StorageKind = 'opfs' | 'memory'

export interface IngestReceipt {
  /** The last committed sequence of this client; at least the one just sent. */
  readonly sequence: number
  /** Whether anyone read points lately: then what is logged is worth sending sooner. */
  readonly watched: boolean
  /** Those of the arrays of the batch, to be used again; missing where they did not change hands. */
  readonly buffers?: readonly ArrayBuffer[]
}

export interface ExperimentRow {
  readonly id: ExperimentId
  readonly name: string
  readonly notes: string
  readonly createdAt: UnixMs
  readonly runCount: number
  readonly runningCount: number
  /** Time of the newest run start; orders the list. */
  readonly lastStartedAt: UnixMs
}

export interface ArrangementRequest {
  readonly database: DatabaseId
  readonly experimentId: ExperimentId
}

export interface RunsRequest {
  readonly database: DatabaseId
  readonly experimentId: ExperimentId
  /** In the language of `src/filter`; all that are not archived when left out. Errors: `filter-wrong` with its place. */
  readonly filter?: string
}

export interface KeysRequest {
  readonly database: DatabaseId
  readonly experimentId: ExperimentId
}

/** Shape: one entry per run in every column, newest start first. */
export interface RunColumns {
  readonly id: readonly RunId[]
  readonly name: readonly string[]
  readonly status: readonly RunStatus[]
  readonly startedAt: Float64Array
  /** NaN while running. */
  readonly endedAt: Float64Array
  readonly color: readonly (string | null)[]
  readonly groupName: readonly (string | null)[]
  /** How many values the run logged that were refused. */
  readonly refusedCount: Float64Array
  /** Which of all runs of the experiment it is, the removed ones too, in order of start from 0: what it is drawn like. */
  readonly place: Float64Array
}

export interface SeriesRequest {
  readonly database: DatabaseId
  readonly experimentId: ExperimentId
  /** null for all runs of the experiment. */
  readonly runIds: readonly RunId[] | null
  /** null for all metrics. */
  readonly keys: readonly string[] | null
}

/** The columns of SeriesSummary. Shape: one entry per series, ordered by key, then run start. */
export interface SeriesColumns extends Readonly<Record<Statistic, Float64Array>> {
  readonly runId: readonly RunId[]
  readonly key: readonly string[]
}

export interface RunRequest {
  readonly database: DatabaseId
  readonly runId: RunId
}

export interface RunDetail {
  readonly run: Run
  readonly experimentName: string
  readonly params: Params
  readonly tags: Tags
  /** What the training set by hand with `run.summary`. */
  readonly summary: Params
  readonly series: readonly SeriesSummary[]
  readonly arrays: readonly ArraySummary[]
  readonly refusals: readonly Refusal[]
  /** In order of time. */
  readonly events: readonly RunEvent[]
}

/** The arrays logged under one key; `dtype` and `shape` of the latest. Unit: bytes of all of them. */
export interface ArraySummary {
  readonly key: string
  readonly count: number
  readonly bytes: number
  readonly dtype: ArrayDtype
  readonly shape: ArrayShape
  /** Of the latest; null for a plain array. */
  readonly kind: MediaKind | null
}

export interface MediaRequest {
  readonly database: DatabaseId
  readonly experimentId: ExperimentId
  /** null for all runs of the experiment. */
  readonly runIds: readonly RunId[] | null
}

/** Shape: one entry in every column for each key of each run, ordered by key, then run start. `kind` is that of the latest. */
export interface MediaColumns {
  readonly runId: readonly RunId[]
  readonly key: readonly string[]
  readonly kind: readonly MediaKind[]
  readonly count: Float64Array
  readonly minStep: Float64Array
  readonly maxStep: Float64Array
  readonly bytes: Float64Array
}

/** The arrays under one key of a run, from the `from`-th on in log order. */
export interface ArraysRequest {
  readonly database: DatabaseId
  readonly runId: RunId
  readonly key: string
  readonly from: number
  /** At most MAX_ARRAYS_READ. */
  readonly limit: number
}

export const MAX_ARRAYS_READ = 10_000

/** Shape: one entry an array in every column, in log order. Unit: bytes of each; `total` is how many there are in all. */
export interface ArrayColumns {
  readonly total: number
  readonly id: Float64Array
  readonly step: Float64Array
  readonly time: Float64Array
  readonly bytes: Float64Array
}

export interface ArrayRequest {
  readonly database: DatabaseId
  /** Of ArrayColumns. */
  readonly id: number
}

/** What an array is. */
export interface ArrayStart {
  readonly dtype: ArrayDtype
  readonly shape: ArrayShape
  /** What it shows; null for a plain one. */
  readonly media: MediaNote | null
  /** Its first bytes, as many as `readArrayBytes` answers at once. */
  readonly start: Uint8Array
}

export interface ArrayBytesRequest {
  readonly database: DatabaseId
  /** Of ArrayColumns. */
  readonly id: number
  readonly offset: number
  /** At most MAX_ARRAY_READ_BYTES; the answer may be shorter and is empty at the end of the array. */
  readonly length: number
}

export const MAX_ARRAY_READ_BYTES = 2 ** 23

export interface StorageReport {
  readonly kind: StorageKind
  /** Why the database is in memory, as a sentence; empty for opfs. */
  readonly reason: string
  /** Size of the own database and of every opened file. */
  readonly databaseBytes: number
  /** True from a failed write for lack of room until a write succeeds again. */
  readonly full: boolean
  /** Removed runs of the own database that can still be restored. */
  readonly binRuns: number
  readonly files: readonly OpenedFile[]
  /** Databases of this device that were found damaged, oldest first; kept until the user deletes them. */
  readonly damaged: readonly DamagedDatabase[]
}

/** A database that was damaged on disk, and how much of it came over into the one that took its place. */
export interface DamagedDatabase {
  readonly name: string
  readonly foundAt: UnixMs
  readonly bytes: number
  readonly state: 'recovering' | 'recovered' | 'failed'
  /** Why it failed, as a sentence; else empty. */
  readonly failure: string
  /** How many runs came over, the unnamed among them. */
  readonly runs: number
  /** Those of which only points or arrays were left, named anew. */
  readonly unnamedRuns: readonly RunId[]
  /** Those that lost some points. */
  readonly incompleteRuns: readonly RunId[]
  /** So far. */
  readonly points: number
  /** As many as it said it had, when that could be read. */
  readonly totalPoints: number
  readonly lostArrays: number
  readonly lostArtifacts: number
  /** The user has read about it. */
  readonly dismissed: boolean
}

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

export interface ExportDamagedRequest {
  readonly jobId: string
  /** Of DamagedDatabase. */
  readonly name: string
}

export interface SettleDamagedRequest {
  readonly name: string
  readonly action: 'dismiss' | 'recall' | 'delete'
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
