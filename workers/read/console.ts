import { isConsoleLevel, MAX_CONSOLE_TEXT, type ConsoleLine } from '../../src/model/console-line.ts'
import { MAX_CONSOLE_READ, type ConsoleLines, type ConsoleRequest } from '../../src/protocol/runs-api.ts'
import type { Database } from '../db/database.ts'
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

const FITTING = `from console_lines where run_id = ?1
  and (?2 = '' or instr(lower(text), lower(?2)) > 0) and (?3 is null or level in (select value from json_each(?3)))`

/** The lines of a run that fit. Cost: looks at every line of the run when something is searched for. */
export function readConsole(
  { sql }: Database,
  { runId, search, levels, from, limit }: ConsoleRequest,
): ConsoleLines {
  const wanted = [runId, search, levels === null ? null : JSON.stringify(levels)]
  const most = Math.min(MAX_CONSOLE_READ, Math.max(0, limit))
  const count = (query: string, values: readonly (string | null)[]): number =>
    sql.first(`select count(*) ${query}`, values, (row) => row.number(0)) ?? 0
  return {
    total: count(FITTING, wanted),
    all: count('from console_lines where run_id = ?', [runId]),
    lines: sql.all(
      `select time, step, level, text ${FITTING} order by id limit ?4 offset ?5`,
      [...wanted, most, Math.max(0, from)],
      (row) => parseConsoleLine(row),
    ),
  }
}
