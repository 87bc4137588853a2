import type { Direction } from '../../model/experiment.ts'
import type { Operand, RunKey } from '../../protocol/run-query.ts'
import { bestAggregate, defaultMetric } from './metric-direction.ts'
import { parseOperand, printOperand } from './operands.ts'

/** What a column of the table shows: a value of every run, or the curve of a metric. */
export type TableColumn = Operand | { readonly from: 'curve'; readonly key: string }

/** How a column is named in links and lists: `run:name`, `param:lr`, `metric.last:val/acc`, `curve:loss`. */
export type ColumnId = string

/** Every row begins with it. */
export const NAME_COLUMN: ColumnId = 'run:name'

const CURVE = 'curve:'

/** Unit: UTF-16 code units; a longer key is written by nobody and would fill a link. */
const MAX_COLUMN_ID = 1_000

export function columnId(column: TableColumn): ColumnId {
  return column.from === 'curve' ? `${CURVE}${column.key}` : printOperand(column)
}

/** Reads what `columnId` wrote; undefined for what is no column. */
export function parseColumnId(id: ColumnId): TableColumn | undefined {
  if (id.length > MAX_COLUMN_ID) return undefined
  if (id.startsWith(CURVE)) return { from: 'curve', key: id.slice(CURVE.length) }
  return parseOperand(id) ?? undefined
}

/** What a column is sorted by: a curve by where it ends. */
export function sortOperand(column: TableColumn): Operand {
  return column.from === 'curve' ? { from: 'metric', key: column.key, aggregate: 'last' } : column
}

const MOST_PARAMS = 4
const MOST_METRICS = 3

/**
 * What a newcomer wants to see: when, how long, what differs, and how well it went; that first where there is room for one
 * column.
 */
export function likelyColumns(
  keys: readonly RunKey[],
  differing: readonly string[],
  directionOf: (metric: string) => Direction,
  isNarrow = false,
): readonly ColumnId[] {
  const metrics = keys.filter(({ from }) => from === 'metric').map(({ key }) => key)
  const first = defaultMetric(metrics)
  const ranked = [
    ...(first === null ? [] : [first]),
    ...metrics.filter((key) => key !== first && directionOf(key) !== 'none'),
    ...metrics.filter((key) => key !== first && directionOf(key) === 'none'),
  ].slice(0, MOST_METRICS)
  const given: readonly TableColumn[] = [
    { from: 'run', field: 'startedAt' },
    { from: 'run', field: 'duration' },
    ...differing.slice(0, MOST_PARAMS).map((key) => ({ from: 'param' as const, key })),
  ]
  const measured: readonly TableColumn[] = [
    ...ranked.map((key) => ({ from: 'metric' as const, key, aggregate: bestAggregate(directionOf(key)) })),
    ...(first === null ? [] : [{ from: 'curve' as const, key: first }]),
  ]
  return (isNarrow ? [...measured, ...given] : [...given, ...measured]).map(columnId)
}
