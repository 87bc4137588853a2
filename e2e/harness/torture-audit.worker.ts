import { SERIES_NAME } from '../../src/protocol/public-schema.ts'
import { TEXT } from '../../src/model/column.ts'
import { WORKERS_MEETING } from '../../src/protocol/version.ts'
import { openDatabases, type Databases } from '../../workers/db/databases.ts'
import { openStoreFiles } from '../../workers/db/open-files.ts'
import { restore } from '../../workers/ingest/restore.ts'
import type { ExpectedRun } from '../torture/messages.ts'
import type { AuditReport } from '../torture/outcome.ts'
import { ARRAY_KEY } from '../torture/truth.ts'
import { auditArrays } from './audit-arrays.ts'
import { auditSeries } from './audit-series.ts'
import { makeFindings } from './findings.ts'

/** Holds everything stored against everything acknowledged. Only while no page of Kymo is open. */
async function audit(expected: readonly ExpectedRun[]): Promise<AuditReport> {
  const files = await openStoreFiles()
  if (files.kind !== 'opfs') throw new Error(files.reason)
  const databases = await openDatabases(files)
  try {
    return auditAll(databases, expected)
  } finally {
    databases.close()
  }
}

function auditAll({ own }: Databases, expected: readonly ExpectedRun[]): AuditReport {
  const findings = makeFindings()
  const integrity = own.sql.column('pragma integrity_check', [], TEXT).join(', ')
  if (integrity !== 'ok') findings.corrupt(1, `integrity_check says ${integrity}`)

  // What was acknowledged and not committed is in the log.
  restore(own)
  const expectedById = new Map(expected.map((run) => [run.runId, run]))
  const stored = own.sql.all('select id, status from runs', [], { id: TEXT, status: TEXT })
  const storedIds = new Set(stored.map(({ id }) => id))
  for (const { id, status } of stored) {
    const run = expectedById.get(id)
    if (run === undefined) findings.corrupt(1, `run ${id} was never started`)
    else if (!run.statuses.some((allowed) => allowed === status)) {
      findings.corrupt(1, `run ${id} is ${status}, not ${run.statuses.join(' or ')}`)
    }
  }

  let points = 0
  const found = new Map<string, number>()
  const series = own.sql.all('select id, run_id, key from series', [], SERIES_NAME)
  for (const each of series) {
    for (const [life, count] of auditSeries(own, each, findings).entries()) {
      found.set(placeOf(each.runId, life, each.key), count)
      points += count
    }
  }

  for (const [runId, lives] of auditArrays(own, findings)) {
    for (const [life, count] of lives.entries()) {
      found.set(placeOf(runId, life, ARRAY_KEY), count)
      points += count
    }
  }

  for (const { runId, exists, lives } of expected) {
    if (exists && !storedIds.has(runId)) findings.lost(1, `run ${runId} is not there`)
    for (const [life, counts] of lives.entries()) {
      for (const [key, acknowledged] of Object.entries(counts)) {
        const missing = acknowledged - (found.get(placeOf(runId, life, key)) ?? 0)
        if (missing > 0) {
          findings.lost(
            missing,
            `${missing} of ${acknowledged} points of ${key} of life ${life} of run ${runId}`,
          )
        }
      }
    }
  }
  return findings.report(points)
}

function placeOf(runId: string, life: number, key: string): string {
  return `${runId} ${life} ${key}`
}

self.addEventListener('message', (event: MessageEvent<readonly ExpectedRun[]>) => {
  // Whoever opens the files must own them, as every worker of Kymo does.
  void navigator.locks.request(WORKERS_MEETING.ownerLock, async () => {
    try {
      self.postMessage({ report: await audit(event.data) })
    } catch (thrown) {
      self.postMessage({ failure: thrown instanceof Error ? thrown.message : String(thrown) })
    }
  })
})
