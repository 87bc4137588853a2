import { CSV_TYPE, csvLine, type CsvCell } from '../../model/csv.ts'
import type { JsonValue } from '../../model/json.ts'
import { ok, type Result } from '../../model/result.ts'
import type { RunId } from '../../model/units.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import type { Operand } from '../../protocol/run-query.ts'
import type { RunsApi } from '../../protocol/runs-api.ts'
import type { TrackerError } from '../../protocol/tracker-error.ts'
import { NAME_COLUMN, parseColumnId, type ColumnId } from '../workspace/table-columns.ts'
import { columnName } from './column-words.ts'

/** What of the runs leaves. */
export interface RunTableRequest {
  readonly database: DatabaseId
  /** In order, those that are out of view as well. */
  readonly runIds: readonly RunId[]
  /** As picked; curves are left out, for they are no values. */
  readonly columns: readonly ColumnId[]
  /** Params that were set while a run ran: what they were before leaves as well. */
  readonly changed: ReadonlySet<string>
}

/** Read at once. */
const RUNS_AT_ONCE = 400

/**
 * The table of runs as a file: a row a run, its id and name first, numbers at full length, times as ISO text.
 *
 * Reads what it writes, for cells out of view may not be there yet.
 */
export async function runTableToCsv(
  api: Pick<RunsApi, 'readCells'>,
  { database, runIds, columns, changed }: RunTableRequest,
): Promise<Result<Blob, TrackerError>> {
  const shown = [...new Set(columns)].flatMap((id) => {
    const operand = operandOf(id)
    if (operand === null || id === NAME_COLUMN) return []
    const now = { head: headOf(id), operand }
    if (operand.from !== 'param' || !changed.has(operand.key)) return now
    return [now, { head: `${now.head} first`, operand: { ...operand, at: 'first' as const } }]
  })
  const name: Operand = { from: 'run', field: 'name' }
  const lines = [csvLine(['run_id', 'run_name', ...shown.map(({ head }) => head)])]
  for (let from = 0; from < runIds.length; from += RUNS_AT_ONCE) {
    const read = await api.readCells({
      database,
      runIds: runIds.slice(from, from + RUNS_AT_ONCE),
      columns: [name, ...shown.map(({ operand }) => operand)],
    })
    if (!read.ok) return read
    const [names = [], ...values] = read.value.columns
    for (const [row, runId] of read.value.runIds.entries())
      lines.push(
        csvLine([
          runId,
          toCell(names[row], name),
          ...shown.map(({ operand }, column) => toCell(values[column]?.[row], operand)),
        ]),
      )
  }
  return ok(new Blob(lines, { type: CSV_TYPE }))
}

function operandOf(id: ColumnId): Operand | null {
  const column = parseColumnId(id)
  return column === undefined || column.from === 'curve' ? null : column
}

function headOf(id: ColumnId): string {
  return id === 'run:duration' ? `${columnName(id)} (s)` : columnName(id)
}

function toCell(value: JsonValue | undefined, { from, ...operand }: Operand): CsvCell {
  if (typeof value === 'number' && from === 'run' && 'field' in operand)
    return operand.field === 'duration' ? value / 1_000 : isoOf(value)
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}

/** What is no time of a calendar stays the number it is. */
function isoOf(time: number): CsvCell {
  const date = new Date(time)
  return Number.isNaN(date.getTime()) ? time : date.toISOString()
}
