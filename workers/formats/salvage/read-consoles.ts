import type { ConsoleLine } from '../../../src/model/console-line.ts'
import type { Change } from '../../../src/model/log-batch.ts'
import type { Sql } from '../../db/sql.ts'
import { parseConsoleLine } from '../../read/console.ts'
import { scanTable } from './scan.ts'

/** Lines that are said again in one batch. */
const SLICE_LINES = 1_000

/** What the runs of a damaged database said, as far as it can be read, in order. */
export function* readDamagedConsoles(sql: Sql): Generator<Change> {
  const rows: { readonly id: number; readonly runId: string; readonly line: ConsoleLine }[] = []
  scanTable(sql, 'console_lines', 'run_id, time, step, level, text', (row) =>
    rows.push({ id: row.number(0), runId: row.text(1), line: parseConsoleLine(row, 2) }),
  )
  const saidBy = new Map<string, ConsoleLine[]>()
  for (const { runId, line } of rows.toSorted((a, b) => a.id - b.id)) {
    const said = saidBy.get(runId)
    if (said === undefined) saidBy.set(runId, [line])
    else said.push(line)
  }
  for (const [runId, said] of saidBy) {
    for (let from = 0; from < said.length; from += SLICE_LINES)
      yield { type: 'addConsole', runId, lines: said.slice(from, from + SLICE_LINES) }
  }
}
