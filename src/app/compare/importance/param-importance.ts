import { etaSquared, hasSpread, ranks, spearman } from '../correlation.ts'
import { createRandom, shuffledIndices } from '../../../model/seeded-random.ts'
import { growForest, MAX_CODES, type Feature, type ForestFindings } from './random-forest.ts'

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
  /** Other params that tell exactly the same runs apart: which of them matters cannot be known. */
  readonly same: readonly string[]
  readonly kind: 'number' | 'category'
  /** How many runs have both the param and the metric. */
  readonly n: number
  /** Spearman's ρ of a number, −1 … 1; η² of the ranks of a category, 0 … 1; NaN where it says nothing. */
  readonly correlation: number
  /** What is the param's of all that is explained, 0 … 1; null where next to nothing is. Those of all params sum to 1. */
  readonly share: number | null
  /** By how much the share would be another with other runs of the same kind: its standard error; null where unknown. */
  readonly spread: number | null
}

export type ImportanceFindings =
  /** `needed`: for as many params as vary. */
  | { readonly kind: 'few'; readonly n: number; readonly needed: number; readonly params: number }
  | { readonly kind: 'constant'; readonly n: number }
  | {
      readonly kind: 'found'
      readonly n: number
      /** Which part of the variance of the metric's ranks the params explain together, in runs that were not looked at; at most 1. */
      readonly explained: number
      /** The most important first. */
      readonly params: readonly ParamFinding[]
    }

/** With fewer runs anything may look important, */
export const MIN_RUNS = 10
/** and with fewer for each param that varies, one of the params does. */
export const RUNS_A_PARAM = 3
/** Where less is explained, shares would be those of noise. */
export const MIN_EXPLAINED = 0.05

const TREES = 120
const SEED = 20_251
/** The spread is found from forests of other parts of the runs: as many, of as many trees, each of so many of the runs. */
const PARTS = 16
const PART_TREES = 40
const PART_OF_RUNS = 2 / 3

/**
 * Which params matter for a metric, and how much of what can be explained each explains. The metric counts by its ranks, so
 * that a run that diverged is one bad run.
 *
 * A share is the growth of the error when the param is shuffled (`growForest`), of the sum of all such growths. Its spread is
 * that of shares found in random parts of the runs, scaled to all of them: the jackknife that leaves out a third.
 *
 * Cost: that of about five forests. Source: Shao and Wu, A general theory for jackknife variance estimation (1989).
 */
export function findImportance(target: Float64Array, params: readonly ParamColumn[]): ImportanceFindings {
  const rows = Uint32Array.from(target, (_, row) => row).filter((row) => Number.isFinite(target[row]))
  const n = rows.length
  const columns = mergeSame(
    params
      .map((param) => ({ ...param, values: pickRows(param.values, rows) }))
      .filter((param) => variesSomewhere(param.values)),
  )
  const needed = Math.max(MIN_RUNS, RUNS_A_PARAM * columns.length)
  if (n < needed) return { kind: 'few', n, needed, params: columns.length }
  const values = pickRows(target, rows)
  if (!hasSpread(values)) return { kind: 'constant', n }
  const ranked = ranks(values)
  if (columns.length === 0) return { kind: 'found', n, explained: 0, params: [] }
  const features = columns.map(toFeature)
  const forest = growForest(features, ranked, TREES, createRandom(SEED))
  const shares = forest.explained < MIN_EXPLAINED ? null : sharesOf(forest)
  const spreads = shares === null ? null : spreadOf(features, ranked)
  const found = columns.map(({ key, same, kind, values: column }, index): ParamFinding => {
    const { value, n: both } = kind === 'number' ? spearman(column, ranked) : etaSquared(column, ranked)
    const [share = null, spread = null] = [shares?.[index], spreads?.[index]]
    return { key, same, kind, n: both, correlation: value, share, spread }
  })
  return {
    kind: 'found',
    n,
    explained: forest.explained,
    params: found.toSorted((a, b) => (b.share ?? 0) - (a.share ?? 0) || (a.key < b.key ? -1 : 1)),
  }
}

/** Parts of 1; null where shuffling does no harm anywhere. */
function sharesOf({ importance }: ForestFindings): readonly number[] | null {
  const grown = importance.map((each) => Math.max(0, each))
  const sum = grown.reduce((total, each) => total + each, 0)
  return sum > 0 ? grown.map((each) => each / sum) : null
}

/** Standard errors of the shares; null where too few parts explain anything. */
function spreadOf(features: readonly Feature[], target: Float64Array): readonly number[] | null {
  const n = target.length
  const size = Math.ceil(n * PART_OF_RUNS)
  const random = createRandom(SEED + 1)
  const found: (readonly number[])[] = []
  for (let part = 0; part < PARTS; part += 1) {
    const rows = shuffledIndices(n, random).subarray(0, size)
    const ofPart = features.map((feature) => ({
      ...feature,
      codes: Uint8Array.from(rows, (row) => feature.codes[row] ?? 0),
    }))
    const shares = sharesOf(growForest(ofPart, pickRows(target, rows), PART_TREES, random))
    if (shares !== null) found.push(shares)
  }
  if (found.length < 2) return null
  const scale = Math.sqrt(size / (n - size))
  return features.map((_, index) => scale * deviationOf(found.map((shares) => shares[index] ?? 0)))
}

function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}

interface MergedColumn extends ParamColumn {
  readonly same: readonly string[]
}

/** Params that tell the same runs apart would share what is one's: the one that is named first by depth and length stands for all. */
function mergeSame(columns: readonly ParamColumn[]): readonly MergedColumn[] {
  const merged = new Map<string, MergedColumn>()
  for (const column of columns.toSorted(byPlainness)) {
    const pattern = patternOf(column)
    const known = merged.get(pattern)
    merged.set(
      pattern,
      known === undefined ? { ...column, same: [] } : { ...known, same: [...known.same, column.key] },
    )
  }
  return [...merged.values()]
}

function depthOf(key: string): number {
  return key.split('.').length
}

function byPlainness(a: ParamColumn, b: ParamColumn): number {
  return depthOf(a.key) - depthOf(b.key) || a.key.length - b.key.length || (a.key < b.key ? -1 : 1)
}

/**
 * The same for columns that differ between the same rows. Where most rows have a value of their own, all columns do: then
 * numbers that are in the same order, or in the opposite one.
 */
function patternOf({ kind, values }: ParamColumn): string {
  const known = new Map<number, number>()
  const codes = Array.from(values, (value) => {
    const code = known.get(value) ?? known.size
    known.set(value, code)
    return code
  })
  if (kind === 'category' || known.size <= values.length / 2) return codes.join(' ')
  const order = ranks(values)
  const isFalling = (order[0] ?? 0) > (values.length + 1) / 2
  return order.map((rank) => (isFalling ? values.length + 1 - rank : rank)).join(' ')
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
