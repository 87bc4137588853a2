import type { Direction } from '../../model/experiment.ts'
import type { JsonValue } from '../../model/json.ts'
import { isRunStatus, type ParamChange } from '../../model/run.ts'
import { AGGREGATES } from '../../model/aggregates.ts'
import { parseColumnId, type ColumnId } from '../workspace/table-columns.ts'
import { deltaTo, type Delta } from './table-delta.ts'
import type { NumberSummary } from './table-groups.ts'
import type { GroupAggregate } from '../workspace/table-view.ts'
import { formatCount, formatExact, formatGiven, formatValue } from '../../widgets/number-format.ts'
import { formatDuration, formatMoment } from '../../widgets/time-format.ts'
import { changeWords } from '../shell/json-words.ts'
import { statusWords } from '../experiment/run-words.ts'

export const MISSING = '–'

/** No cell shows more, and no layout gets slow by it. Unit: UTF-16 code units. */
const MAX_CELL_TEXT = 300

/** A value as a cell shows it; undefined, which is not read yet, as nothing. */
export function cellText(id: ColumnId, value: JsonValue | undefined, readOnly: boolean): string {
  if (value === undefined) return ''
  if (value === null || value === '') return MISSING
  const column = parseColumnId(id)
  if (column?.from === 'run') {
    if (typeof value === 'number') {
      return column.field === 'duration' ? formatDuration(value) : formatMoment(value)
    }
    if (column.field === 'status' && isRunStatus(value)) return statusWords(value, readOnly)
  }
  if (typeof value === 'number') {
    const isCount = column?.from === 'metric' && AGGREGATES[column.aggregate].unit === 'count'
    if (column?.from === 'param') return formatGiven(value)
    return isCount ? formatCount(value) : formatValue(value)
  }
  return clip(typeof value === 'string' ? value : JSON.stringify(value))
}

/** The same at full length, as far as a tooltip goes. */
export function cellTitle(id: ColumnId, value: JsonValue | undefined, readOnly: boolean): string {
  const column = parseColumnId(id)
  if (typeof value === 'number' && column?.from !== 'run') return formatExact(value)
  if (typeof value === 'string' && column?.from !== 'run') return value.slice(0, 2_000)
  return cellText(id, value, readOnly)
}

/** With what a param was before it was set while the run ran. */
export function titleWithChange(title: string, change: ParamChange | undefined): string {
  return change === undefined ? title : changeWords(change, title)
}

function clip(text: string): string {
  return text.length > MAX_CELL_TEXT ? `${text.slice(0, MAX_CELL_TEXT)}…` : text
}

/** How two values of a metric compare; null where they do not. */
export function cellDelta(
  id: ColumnId,
  value: JsonValue | undefined,
  baseline: JsonValue | undefined,
  directionOf: (metric: string) => Direction,
): Delta | null {
  const column = parseColumnId(id)
  if (column?.from !== 'metric' || typeof value !== 'number' || typeof baseline !== 'number') return null
  // Two infinities differ by nothing that can be said.
  if (!Number.isFinite(value - baseline)) return null
  const isJudged = column.aggregate !== 'count' && column.aggregate !== 'lastStep'
  return deltaTo(baseline, value, isJudged ? directionOf(column.key) : 'none')
}

/** `+0.012  +1.3 %`; empty where there is no difference. */
export function deltaText({ difference, ratio }: Delta): string {
  if (difference === 0) return '='
  const percent = ratio === null ? '' : ` ${signed(ratio * 100, (size) => formatValue(size, 2))} %`
  return `${signed(difference, (size) => formatValue(size, 3))}${percent}`
}

function signed(value: number, format: (size: number) => string): string {
  return `${value < 0 ? '−' : '+'}${format(Math.abs(value))}`
}

/** What the row of a group says of a column of numbers. */
export function aggregateText(
  id: ColumnId,
  summary: NumberSummary | null,
  aggregate: GroupAggregate,
): { readonly text: string; readonly spread: string } {
  if (summary === null) return { text: '', spread: '' }
  const text = cellText(id, summary[aggregate], false)
  const column = parseColumnId(id)
  const hasSpread = aggregate === 'mean' && summary.deviation !== null && column?.from !== 'run'
  return { text, spread: hasSpread ? `± ${formatValue(summary.deviation ?? 0, 2)}` : '' }
}
