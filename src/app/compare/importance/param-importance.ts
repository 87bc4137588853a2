import { etaSquared, hasSpread, ranks, spearman } from '../correlation.ts'
import { growForest, MAX_CODES, type Feature } from './random-forest.ts'

/** A param of the runs that are compared. Shape: `values` as in `RunValues`. */
export interface ParamColumn {
  readonly key: string
  readonly kind: 'number' | 'category'
  readonly values: Float64Array
}

/** What the page asks an importance worker, once; it answers with ImportanceFindings. */
export interface ImportanceOrder {
  readonly target: Float64Array
  readonly params: readonly ParamColumn[]
}

export interface ParamFinding {
  readonly key: string
  readonly kind: 'number' | 'category'
  /** How many runs have both the param and the metric. */
  readonly n: number
  /** Spearman's ρ of a number, −1 … 1; η² of the ranks of a category, 0 … 1; NaN where it says nothing. */
  readonly correlation: number
  /** See `growForest`; not below 0. */
  readonly importance: number
}

export type ImportanceFindings =
  | { readonly kind: 'few'; readonly n: number }
  | { readonly kind: 'constant'; readonly n: number }
  | {
      readonly kind: 'found'
      readonly n: number
      readonly explained: number
      /** The most important first. */
      readonly params: readonly ParamFinding[]
    }

/** With fewer runs anything may look important. */
export const MIN_RUNS = 10

/** Which params go together with a metric. The metric counts by its ranks, so that a run that diverged is one bad run. */
export function findImportance(target: Float64Array, params: readonly ParamColumn[]): ImportanceFindings {
  const rows = Uint32Array.from(target, (_, row) => row).filter((row) => Number.isFinite(target[row]))
  const n = rows.length
  if (n < MIN_RUNS) return { kind: 'few', n }
  const values = pickRows(target, rows)
  if (!hasSpread(values)) return { kind: 'constant', n }
  const ranked = ranks(values)
  const columns = params
    .map((param) => ({ ...param, values: pickRows(param.values, rows) }))
    .filter((param) => variesSomewhere(param.values))
  if (columns.length === 0) return { kind: 'found', n, explained: 0, params: [] }
  const { explained, importance } = growForest(columns.map(toFeature), ranked)
  const found = columns.map(({ key, kind, values: column }, index): ParamFinding => {
    const { value, n: both } = kind === 'number' ? spearman(column, ranked) : etaSquared(column, ranked)
    return { key, kind, n: both, correlation: value, importance: Math.max(0, importance[index] ?? 0) }
  })
  return {
    kind: 'found',
    n,
    explained,
    params: found.toSorted((a, b) => b.importance - a.importance || (a.key < b.key ? -1 : 1)),
  }
}

function pickRows(values: Float64Array, rows: Uint32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row] ?? Number.NaN)
}

/** That some runs have it and others do not is a difference too. */
function variesSomewhere(values: Float64Array): boolean {
  return values.some((value) => !Object.is(value, values[0]))
}

/** Code 0 is what is missing. */
export function toFeature({ kind, values }: Pick<ParamColumn, 'kind' | 'values'>): Feature {
  return kind === 'number' ? toBins(values) : toGroups(values)
}

/** Bins with about as many runs in each; equal values are never divided. */
function toBins(values: Float64Array): Feature {
  const finite = values.filter(Number.isFinite).toSorted()
  const edges: number[] = []
  const bins = MAX_CODES - 1
  for (let bin = 0; bin < bins; bin += 1) {
    const first = finite[Math.floor((bin * finite.length) / bins)]
    if (first !== undefined && first !== edges.at(-1)) edges.push(first)
  }
  return {
    codes: Uint8Array.from(values, (value) => binOf(value, edges)),
    count: edges.length + 1,
    isOrdered: true,
  }
}

/** The number of edges that are not above a value. */
function binOf(value: number, edges: readonly number[]): number {
  if (!Number.isFinite(value)) return 0
  let [low, high] = [0, edges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((edges[middle] ?? 0) <= value) low = middle + 1
    else high = middle
  }
  return low
}

/** The most frequent categories, and one code for all others. */
function toGroups(values: Float64Array): Feature {
  const counts = new Map<number, number>()
  for (const value of values) if (Number.isFinite(value)) counts.set(value, (counts.get(value) ?? 0) + 1)
  const named = [...counts].toSorted(([a, few], [b, many]) => many - few || a - b).slice(0, MAX_CODES - 2)
  const codes = new Map(named.map(([value], index) => [value, index + 1]))
  const other = named.length + 1
  return {
    codes: Uint8Array.from(values, (value) => (Number.isFinite(value) ? (codes.get(value) ?? other) : 0)),
    count: other + 1,
    isOrdered: false,
  }
}
