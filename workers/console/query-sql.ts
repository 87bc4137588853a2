import { err, ok, type Result } from '../../src/model/result.ts'
import { MAX_SQL_LENGTH, MAX_SQL_ROWS, type SqlAnswer, type SqlRequest } from '../../src/protocol/sql-api.ts'
import { trackerError, type TrackerError } from '../../src/protocol/tracker-error.ts'
import type { Database } from '../db/database.ts'
import { addPointsTable } from '../read/points-table.ts'
import { engineOf } from '../db/sql.ts'
import { undoOnFailure } from '../ingest/commit.ts'
import { openQuery, QueryFailed, withValueLimit } from './query.ts'
import { passRows, readRows, type RowCursor } from './read-rows.ts'

/**
 * How long the owner of the database gives a query. Nothing is logged and nothing drawn meanwhile, so it is short enough
 * not to be felt; what takes longer is run again elsewhere, on a copy.
 */
export const SLICE_MS = 200

/** Instructions of SQLite between two looks at the clock: a few hundredths of a millisecond. */
const INSTRUCTIONS = 1_000

/** Runs a query in the owner of the database. Errors: `sql-wrong`, `sql-memory`, `query-malformed`, `sql-slow`. */
export function querySql(database: Database, asked: SqlRequest): Result<SqlAnswer, TrackerError> {
  if (!isSqlRequest(asked))
    return err(trackerError('query-malformed', 'The query is malformed; reload the page.'))
  const { sql } = database
  addPointsTable(database)
  const wasInTransaction = sql.isInTransaction
  return undoOnFailure(database, () => {
    const answer = withValueLimit(sql, () => runSlice(database, asked))
    // Out of memory SQLite ends the open transaction, and with it what is not committed yet.
    if (wasInTransaction && !sql.isInTransaction) throw new Error('A query ended the open transaction.')
    return answer
  })
}

function runSlice(database: Database, asked: SqlRequest): Result<SqlAnswer, TrackerError> {
  const { sql } = database
  const opened = openQuery(sql, asked.sql)
  if (!opened.ok) return opened
  const { capi } = engineOf(sql)
  const startedAt = performance.now()
  let isOver = false
  const look = (): number => {
    isOver = performance.now() - startedAt > SLICE_MS
    return isOver ? 1 : 0
  }
  const cursor: RowCursor = { query: opened.value, isAhead: false }
  capi.sqlite3_progress_handler(sql.pointer, INSTRUCTIONS, look, 0)
  try {
    passRows(cursor, asked.offset)
    return ok({ ...readRows(cursor, asked.limit), elapsedMs: performance.now() - startedAt })
  } catch (cause) {
    // What was interrupted may have been a statement of ours that the query waited for.
    if (isOver) return err(tooSlow())
    if (cause instanceof QueryFailed) return err(cause.error)
    throw cause
  } finally {
    capi.sqlite3_progress_handler(sql.pointer, 0, null, 0)
    opened.value.close()
  }
}

function tooSlow(): TrackerError {
  return trackerError(
    'sql-slow',
    `The query takes longer than ${SLICE_MS} ms, which is as long as logging can wait; it needs a copy of the database.`,
  )
}

function isSqlRequest({ sql, offset, limit }: SqlRequest): boolean {
  return (
    typeof sql === 'string' &&
    sql.length <= MAX_SQL_LENGTH &&
    Number.isSafeInteger(offset) &&
    offset >= 0 &&
    Number.isSafeInteger(limit) &&
    limit > 0 &&
    limit <= MAX_SQL_ROWS
  )
}
