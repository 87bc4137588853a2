import { TABLES } from '../../src/protocol/public-schema.ts'
import { NUMBER, type RowOf } from '../../src/model/column.ts'
import { isConsoleLevel, MAX_CONSOLE_TEXT, type ConsoleLine } from '../../src/model/console-line.ts'
import { MAX_CONSOLE_READ, type ConsoleLines, type ConsoleRequest } from '../../src/protocol/runs-api.ts'
import type { Database } from '../db/database.ts'
import type { Sql } from '../db/sql.ts'

const { id: _id, runId: _runId, ...LINE_ROW } = TABLES.console_lines

const READ = `select time, step, level, text from console_lines where run_id = ? order by id limit ? offset ?`

/** Lines of a run in order, from the `from`-th on. */
export function readConsoleLines(
  sql: Sql,
  runId: string,
  from: number,
  limit: number,
): readonly ConsoleLine[] {
  return sql.map(READ, [runId, limit, from], LINE_ROW, parseConsoleLine)
}

/** A line as its row tells. */
export function parseConsoleLine({ time, step, level, text }: RowOf<typeof LINE_ROW>): ConsoleLine {
  return { time, step, level: isConsoleLevel(level) ? level : 'log', text: text.slice(0, MAX_CONSOLE_TEXT) }
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
    sql.value(`select count(*) ${query}`, values, NUMBER) ?? 0
  return {
    total: count(FITTING, wanted),
    all: count('from console_lines where run_id = ?', [runId]),
    lines: sql.map(
      `select time, step, level, text ${FITTING} order by id limit ?4 offset ?5`,
      [...wanted, most, Math.max(0, from)],
      LINE_ROW,
      parseConsoleLine,
    ),
  }
}
