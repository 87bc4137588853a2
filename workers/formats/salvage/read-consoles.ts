import { TABLES } from '../../../src/protocol/public-schema.ts'
import type { ConsoleLine } from '../../../src/model/console-line.ts'
import type { Change } from '../../../src/model/log-batch.ts'
import type { Sql } from '../../db/sql.ts'
import { parseConsoleLine } from '../../read/console.ts'
import { scanTable } from './scan.ts'

const { id: _id, ...SAID } = TABLES.console_lines

/** Lines that are said again in one batch. */
const SLICE_LINES = 1_000

/** What the runs of a damaged database said, as far as it can be read, in order. */
export function* readDamagedConsoles(sql: Sql): Generator<Change> {
  const rows: { readonly id: number; readonly runId: string; readonly line: ConsoleLine }[] = []
  scanTable(sql, 'console_lines', SAID, (row, id) =>
    rows.push({ id, runId: row.runId, line: parseConsoleLine(row) }),
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
