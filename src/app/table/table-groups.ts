import type { JsonValue } from '../../model/json.ts'
import type { RunId } from '../../model/units.ts'
import type { ColumnId } from '../workspace/table-columns.ts'

/** The runs that are alike in one thing, and in those of the groups around them, in the order of the table. */
export interface TableGroup {
  /** Different for different values, and in different groups around it. */
  readonly key: string
  readonly column: ColumnId
  /** How many groups are around it. */
  readonly depth: number
  /** null also where it is missing. */
  readonly value: JsonValue
  readonly runIds: readonly RunId[]
  /** Those in it; empty for one that holds nothing but runs. */
  readonly groups: readonly TableGroup[]
}

/** Runs by what they have in common, one column after the other; the group of the first run comes first. Cost: columns × runs. */
export function groupTableRuns(
  runIds: readonly RunId[],
  columns: readonly ColumnId[],
  valueOf: (runId: RunId, column: ColumnId) => JsonValue,
  around: Pick<TableGroup, 'key' | 'depth'> | null = null,
): readonly TableGroup[] {
  const [column, ...inner] = columns
  if (column === undefined) return []
  const groups = new Map<string, { readonly value: JsonValue; readonly runIds: RunId[] }>()
  for (const runId of runIds) {
    const value = valueOf(runId, column)
    const key = JSON.stringify(value)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { value, runIds: [runId] })
    else group.runIds.push(runId)
  }
  return [...groups].map(([ownKey, { value, runIds: members }]) => {
    const key = around === null ? ownKey : `${around.key} / ${ownKey}`
    const depth = around === null ? 0 : around.depth + 1
    const own = { key, column, depth, value, runIds: members }
    return Object.assign(own, { groups: groupTableRuns(members, inner, valueOf, own) })
  })
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
