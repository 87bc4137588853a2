import { err, ok, type Result } from '../model/result.ts'
import type { JsonValue } from '../model/json.ts'
import { spread, type Dimension } from './dimension.ts'
import type { Propose } from './method.ts'

/** Values of a range when nobody said how many. */
const DEFAULT_COUNT = 5
/** Ranges of up to this many whole numbers are tried whole. */
const MAX_WHOLE_RANGE = 10
/** More trials than anybody can wait for are a mistake. */
const MAX_GRID = 1_000_000

export interface Grid {
  /** How many combinations there are. */
  readonly size: number
  readonly propose: Propose
}

/** Every combination once, the last param changing fastest. `counts`: how many values of each range are tried. */
export function createGrid(
  dimensions: readonly Dimension[],
  counts: Readonly<Record<string, unknown>>,
): Result<Grid, readonly string[]> {
  const problems: string[] = []
  const columns: (readonly [string, readonly JsonValue[]])[] = []
  for (const dimension of dimensions) {
    const count = Object.hasOwn(counts, dimension.name) ? counts[dimension.name] : defaultCount(dimension)
    if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 1 && count <= MAX_GRID)
      columns.push([dimension.name, spread(dimension, count)])
    else problems.push(`The count of ${dimension.name} must be a whole number from 1 on.`)
  }
  const size = columns.reduce((product, [, values]) => product * values.length, 1)
  if (size > MAX_GRID) problems.push(`The grid has ${size} combinations; at most ${MAX_GRID} can be tried.`)
  if (problems.length > 0) return err(problems)
  return ok({ size, propose: (index) => (index < size ? combination(columns, index) : null) })
}

function defaultCount(dimension: Dimension): number {
  if (dimension.kind !== 'int') return DEFAULT_COUNT
  const whole = dimension.high - dimension.low + 1
  return whole <= MAX_WHOLE_RANGE ? whole : DEFAULT_COUNT
}

/** The index read as a number whose digits are the places in the columns. */
function combination(
  columns: readonly (readonly [string, readonly JsonValue[]])[],
  index: number,
): Record<string, JsonValue> {
  const chosen: [string, JsonValue][] = []
  let rest = index
  for (const [name, values] of columns.toReversed()) {
    chosen.unshift([name, values[rest % values.length] ?? null])
    rest = Math.floor(rest / values.length)
  }
  return Object.fromEntries(chosen)
}
