import type { ArrayDtype, ArrayShape } from '../model/array.ts'
import type { ConsoleLevel, ConsoleLine } from '../model/console-line.ts'
import type { AlertRule } from '../model/alert.ts'
import type { Arrangement } from '../model/experiment.ts'
import type { Refusal } from '../model/log-batch.ts'
import type { MediaKind } from '../model/media.ts'
import type { ParamChanges, Params, Run, RunEvent, RunStatus, Tags } from '../model/run.ts'
import type { SeriesSummary } from '../model/series.ts'
import type { ExperimentId, RunId, Step, UnixMs } from '../model/units.ts'
import type { CallsOf } from './call-kind.ts'
import type { DatabaseId } from './database-id.ts'
import type { Outcome } from './outcome.ts'
import type { CellsRequest, RunCells, RunKey, RunQuery, RunTable } from './run-query.ts'

/** Experiments and their runs: lists, tables, one run with all that is known of it, and the bin. */
export interface RunsApi {
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
  readRun(request: RunRequest): Outcome<RunDetail>
  /** What some runs logged that was refused, merged by name and reason, the most frequent first. */
  readRefusals(request: RefusalsRequest): Outcome<readonly Refusal[]>
  /** What a rule would have said of what was logged so far. Cost: a pass over at most two million points. */
  tryAlert(request: TryAlertRequest): Outcome<TriedAlert>
  /** What a run said on its console. */
  readConsole(request: ConsoleRequest): Outcome<ConsoleLines>
  /** The removed runs of the own database, the one removed last first. */
  readBin(): Outcome<BinColumns>
  /** Deletes removed runs for good and gives their room back. When cancelled, those deleted by then stay deleted. */
  emptyBin(request: EmptyBinRequest): Outcome<EmptyBinReceipt>
}

export const RUNS_CALLS = {
  readExperiments: 'again',
  readArrangement: 'again',
  readRuns: 'again',
  readKeys: 'again',
  queryRuns: 'again',
  readCells: 'again',
  readRun: 'again',
  readRefusals: 'again',
  tryAlert: 'again',
  readConsole: 'again',
  readBin: 'again',
  emptyBin: 'once',
} as const satisfies CallsOf<RunsApi>

export interface TryAlertRequest {
  readonly database: DatabaseId
  readonly experimentId: ExperimentId
  readonly rule: AlertRule
}

export interface TriedAlert {
  /** How many runs were looked at, newest first, of how many that logged the metric. */
  readonly runs: number
  readonly of: number
  /** In how many of them it would have spoken. */
  readonly speaking: number
  /** What it would have said first in the newest of those. */
  readonly first: { readonly runName: string; readonly step: Step; readonly text: string } | null
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
  /** null where no param was set while it ran. */
  readonly paramChanges: readonly (ParamChanges | null)[]
}

export interface RunRequest {
  readonly database: DatabaseId
  readonly runId: RunId
}

export interface RunDetail {
  readonly run: Run
  readonly experimentName: string
  /** As they are now. */
  readonly params: Params
  readonly paramChanges: ParamChanges
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

export interface RefusalsRequest {
  readonly database: DatabaseId
  /** Those after the first MAX_REFUSAL_RUNS are left out. */
  readonly runIds: readonly RunId[]
}

/** A training that logs nonsense does so in every run: the words of the others are the same. */
export const MAX_REFUSAL_RUNS = 1_000

/** The lines of a run that fit, from the `from`-th of them on. */
export interface ConsoleRequest {
  readonly database: DatabaseId
  readonly runId: RunId
  /** Part of their text, upper and lower case alike where the letters are ASCII; empty for all. */
  readonly search: string
  /** null for all. */
  readonly levels: readonly ConsoleLevel[] | null
  readonly from: number
  /** At most MAX_CONSOLE_READ. */
  readonly limit: number
}

/** A screen shows about fifty. */
export const MAX_CONSOLE_READ = 1_000

export interface ConsoleLines {
  /** Of the lines that fit. */
  readonly total: number
  /** Of all lines of the run. */
  readonly all: number
  readonly lines: readonly ConsoleLine[]
}

/** Shape: one entry a removed run in every column. */
export interface BinColumns {
  readonly id: readonly RunId[]
  readonly name: readonly string[]
  readonly experimentName: readonly string[]
  readonly removedAt: Float64Array
  /** About how much room it takes. */
  readonly bytes: Float64Array
  /** Versions with bytes that go with it; what is registered stays. */
  readonly artifacts: Float64Array
  /** How many of them runs that are not removed used or were forked from. */
  readonly needed: Float64Array
}

export interface EmptyBinRequest {
  readonly jobId: string
  /** Those that are not removed are left alone. */
  readonly runIds: readonly RunId[]
}

export interface EmptyBinReceipt {
  readonly erased: number
  /** By how much the database became smaller. */
  readonly freedBytes: number
}
