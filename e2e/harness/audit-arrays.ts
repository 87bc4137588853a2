import { INTEGER, TEXT } from '../../src/model/column.ts'
import type { Database } from '../../workers/db/database.ts'
import { writeSomeArrays } from '../../workers/ingest/deferred-arrays.ts'
import { readArrayBytes } from '../../workers/read/arrays.ts'
import { ARRAY_KEY, arrayAt } from '../torture/truth.ts'
import { auditSteps, type StepAudit } from './audit-steps.ts'
import type { Findings } from './findings.ts'

/** Reads every array that is stored and answers how many there are of each life of each run. */
export function auditArrays(database: Database, findings: Findings): ReadonlyMap<string, readonly number[]> {
  const { sql } = database
  while (writeSomeArrays(database));
  const steps = new Map<string, StepAudit>()
  const rows = sql.all(
    'select id, run_id, step, bytes from arrays where key = ? and upload is null order by id',
    [ARRAY_KEY],
    { id: INTEGER, runId: TEXT, step: INTEGER, bytes: INTEGER },
  )
  for (const { id, runId, step, bytes } of rows) {
    const where = `arrays of run ${runId}`
    const known = steps.get(runId) ?? auditSteps(where, findings)
    steps.set(runId, known)
    if (known.visit(step) && !isAsLogged(database, id, bytes, arrayAt(runId, step))) {
      findings.corrupt(1, `the array of step ${step} is another than was logged, in ${where}`)
    }
  }
  return new Map([...steps].map(([runId, known]) => [runId, known.counts()]))
}

function isAsLogged(database: Database, id: number, length: number, logged: Uint8Array): boolean {
  if (length !== logged.length) return false
  for (let offset = 0; offset < length;) {
    const part = readArrayBytes(database, { database: database.id, id, offset, length: length - offset })
    if (part === undefined || part.length === 0) return false
    if (part.some((byte, at) => byte !== logged[offset + at])) return false
    offset += part.length
  }
  return true
}
