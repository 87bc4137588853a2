import type { JsonValue } from '../model/json.ts'
import type { RunField } from '../model/run-fields.ts'
import type { MetricAggregate } from '../model/aggregates.ts'
import type { ExperimentId, RunId } from '../model/units.ts'

/**
 * Something a run may have a value of: a number, a text, a boolean, null, a list or an object.
 *
 * It is missing where the run has no such key, where a field is not set (the end of a running run), and for filters and
 * sorts where a metric is NaN. As a cell that is the text `NaN`; params that are no finite number are the texts `NaN`,
 * `Infinity` and `-Infinity`. A key with dots that a run does not have is a path: `optimizer.lr` is the `lr` in the param
 * `optimizer`.
 */
export type Operand =
  | { readonly from: 'run'; readonly field: RunField }
  | {
      readonly from: 'param'
      readonly key: string
      /** What it was before it was set while the run ran; as it is now when left out. */
      readonly at?: 'first' | undefined
    }
  | { readonly from: 'tag' | 'summary'; readonly key: string }
  | { readonly from: 'metric'; readonly key: string; readonly aggregate: MetricAggregate }

/** What runs that are alike in every sort are in order of, newest first. */
export const STARTED: Operand = { from: 'run', field: 'startedAt' }

export const COMPARISONS = ['=', '!=', '<', '<=', '>', '>='] as const
export type Comparison = (typeof COMPARISONS)[number]

/**
 * Numbers, texts that are numbers among them, come before texts, which are in natural order (`run 2` before `run 10`), and last, in either direction, what has no order: missing, null, lists, objects. A boolean is
 * sorted as 0 or 1.
 */
export interface RunSort {
  readonly by: Operand
  readonly direction: 'ascending' | 'descending'
}

/** A page of the runs that match; those alike in every sort are in order of start, newest first, then id. */
export interface RunQuery {
  /** A DatabaseId. */
  readonly database: string
  /** null for the runs of all experiments. */
  readonly experimentIds: readonly ExperimentId[] | null
  /** In the language of `src/filter`; empty for all. Archived runs are there only when it speaks of them. */
  readonly filter: string
  /** The first decides. */
  readonly sort: readonly RunSort[]
  readonly offset: number
  /** At most MAX_RUNS_READ. */
  readonly limit: number
  /** What to tell of each run of the page. */
  readonly columns: readonly Operand[]
}

/** Shape: `runIds` and each of `columns`, which are as asked, one entry per run of the page; null where it is missing. */
export interface RunTable {
  /** How many runs match on all pages. */
  readonly total: number
  readonly runIds: readonly RunId[]
  readonly columns: readonly (readonly JsonValue[])[]
}

/** What to tell of some runs, named one by one. */
export interface CellsRequest {
  /** A DatabaseId. */
  readonly database: string
  /** At most MAX_RUNS_READ. */
  readonly runIds: readonly RunId[]
  readonly columns: readonly Operand[]
}

/** Shape: `runIds` are those asked for that are still there, in the order asked; each of `columns` has one entry for each. */
export interface RunCells {
  readonly runIds: readonly RunId[]
  readonly columns: readonly (readonly JsonValue[])[]
}

/** A key that runs of an experiment have; of something nested its path, `optimizer.lr`. */
export interface RunKey {
  readonly from: 'metric' | 'param' | 'tag' | 'summary'
  readonly key: string
  /** How many runs have it. */
  readonly runs: number
  /** How many of them have a number there, texts that are numbers too. */
  readonly numbers: number
  /** In how many runs it was set while they ran; missing where in none. */
  readonly changed?: number
  /** How many of those numbers are texts; missing where none is. */
  readonly textNumbers?: number
  /** Texts it is equal to somewhere, the most frequent first, at most MAX_KEY_TEXTS. */
  readonly texts: readonly string[]
}

export const MAX_KEY_TEXTS = 30

export const MAX_RUNS_READ = 10_000
/** Bounds of what one query may cost to compile; nobody writes such a query by hand. */
export const MAX_FILTER_DEPTH = 16
export const MAX_FILTER_PARTS = 256
export const MAX_EXPERIMENTS = 10_000
/** Different operands of filter and sorts together: the engine joins at most 64 tables. */
export const MAX_OPERANDS = 48
export const MAX_SORTS = 8
export const MAX_COLUMNS = 256
/** Unit: UTF-16 code units of a key or a text; longer ones are logged by nobody. */
export const MAX_QUERY_TEXT = 65_536
