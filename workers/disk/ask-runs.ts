import { INTEGER, REAL_OR_NULL, TEXT } from '../../src/model/column.ts'
import type { RunId } from '../../src/model/units.ts'
import type { Database } from '../db/database.ts'
import type { Sql } from '../db/sql.ts'
import { toRecord } from '../formats/database-contents.ts'
import { fingerprintOf } from '../mirror/fingerprint.ts'
import { MAX_ASKED_RUNS, type RunOnDisk } from '../mirror/messages.ts'
import type { Project } from '../native/project.ts'
import { readRun } from '../read/run-detail.ts'
import { countLines } from './take-runs.ts'

/** How much there is of those runs that are here. */
export function askRuns(project: Project, runIds: readonly RunId[]): readonly RunOnDisk[] {
  return runIds.slice(0, MAX_ASKED_RUNS).flatMap((runId) => {
    const store = project.storeOfRun(runId)
    return store === undefined ? [] : (readRunOnDisk(store.database, runId) ?? [])
  })
}

const COUNTED = { key: TEXT, count: INTEGER } as const
const COUNT_SERIES = 'select key, count from series where run_id = ?'
const COUNT_ARRAYS =
  'select key, count(*) as count from arrays where run_id = ? and upload is null group by key'

function readRunOnDisk(database: Database, runId: RunId): RunOnDisk | undefined {
  const { sql } = database
  const found = sql.first('select removed_at from runs where id = ?', [runId], { removedAt: REAL_OR_NULL })
  if (found === undefined) return undefined
  const detail = readRun(database, runId)
  return {
    runId,
    record: detail === undefined ? 'removed' : fingerprintOf(toRecord(detail)),
    isRemoved: found.removedAt !== null,
    series: readCounts(sql, COUNT_SERIES, runId),
    arrays: readCounts(sql, COUNT_ARRAYS, runId),
    lines: countLines(sql, runId),
    artifacts: sql.column('select id from artifacts where run_id = ?', [runId], TEXT),
  }
}

function readCounts(sql: Sql, query: string, runId: RunId): Readonly<Record<string, number>> {
  return Object.fromEntries(sql.map(query, [runId], COUNTED, ({ key, count }) => [key, count]))
}
