import { TEXT } from '../../src/model/column.ts'
import type { ConsoleLine } from '../../src/model/console-line.ts'
import type { Sql } from '../db/sql.ts'
import { readConsoleLines } from '../read/console.ts'
import type { ConsoleSource } from './contents.ts'

/** Lines written between two answers of the thread. */
const SLICE_LINES = 1_000

/** What runs said, of a database of ours or of an exported one. */
export function openConsoles(sql: Sql, runIds: readonly string[]): readonly ConsoleSource[] {
  const speaking = new Set(sql.column('select distinct run_id from console_lines', [], TEXT))
  return runIds
    .filter((runId) => speaking.has(runId))
    .map((runId) => ({ runId, read: (from, limit) => readConsoleLines(sql, runId, from, limit) }))
}

/** The lines of all of them, some at a time. */
export function* readConsoles(
  consoles: readonly ConsoleSource[],
): Generator<{ readonly runId: string; readonly lines: readonly ConsoleLine[] }> {
  for (const { runId, read } of consoles) {
    for (let from = 0; ; from += SLICE_LINES) {
      const lines = read(from, SLICE_LINES)
      if (lines.length > 0) yield { runId, lines }
      if (lines.length < SLICE_LINES) break
    }
  }
}
