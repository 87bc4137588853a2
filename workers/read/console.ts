import { isConsoleLevel, MAX_CONSOLE_TEXT, type ConsoleLine } from '../../src/model/console-line.ts'
import type { Row, Sql } from '../db/sql.ts'

const READ = `select time, step, level, text from console_lines where run_id = ? order by id limit ? offset ?`

/** Lines of a run in order, from the `from`-th on. */
export function readConsoleLines(
  sql: Sql,
  runId: string,
  from: number,
  limit: number,
): readonly ConsoleLine[] {
  return sql.all(READ, [runId, limit, from], (row) => parseConsoleLine(row))
}

/** A row whose time, step, level and text begin at `from`. */
export function parseConsoleLine(row: Row, from = 0): ConsoleLine {
  const level = row.text(from + 2)
  return {
    time: row.number(from),
    step: row.numberOrNull(from + 1),
    level: isConsoleLevel(level) ? level : 'log',
    text: row.text(from + 3).slice(0, MAX_CONSOLE_TEXT),
  }
}
