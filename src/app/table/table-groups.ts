import type { JsonValue } from '../../model/json.ts'
import type { RunId } from '../../model/units.ts'

/** The runs that are alike in one thing, in the order of the table. */
export interface TableGroup {
  /** Different for different values. */
  readonly key: string
  /** null also where it is missing. */
  readonly value: JsonValue
  readonly runIds: readonly RunId[]
}

/** Runs by what they have in common; the group of the first run comes first. */
export function groupTableRuns(
  runIds: readonly RunId[],
  valueOf: (runId: RunId) => JsonValue,
): readonly TableGroup[] {
  const groups = new Map<string, { readonly value: JsonValue; readonly runIds: RunId[] }>()
  for (const runId of runIds) {
    const value = valueOf(runId)
    const key = JSON.stringify(value)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { value, runIds: [runId] })
    else group.runIds.push(runId)
  }
  return [...groups].map(([key, { value, runIds: members }]) => ({ key, value, runIds: members }))
}

/** What some numbers come to. `deviation`: the standard deviation of a sample; null of fewer than two. */
export interface NumberSummary {
  readonly count: number
  readonly mean: number
  readonly min: number
  readonly max: number
  readonly deviation: number | null
}

/** Sums up the finite numbers among some values; null when there is none. Cost: one pass, exact for large means too. */
export function summarise(values: Iterable<JsonValue | undefined>): NumberSummary | null {
  let count = 0
  let mean = 0
  let squares = 0
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (typeof value !== 'number' || !Number.isFinite(value)) continue
    count += 1
    const difference = value - mean
    mean += difference / count
    squares += difference * (value - mean)
    if (value < min) min = value
    if (value > max) max = value
  }
  if (count === 0) return null
  return {
    count,
    mean,
    min,
    max,
    deviation: count < 2 ? null : Math.sqrt(Math.max(0, squares) / (count - 1)),
  }
}
