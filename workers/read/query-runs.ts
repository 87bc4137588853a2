import { ok } from '../../src/model/result.ts'
import type { Result } from '../../src/model/result.ts'
import { MAX_RUNS_READ } from '../../src/protocol/run-query.ts'
import type { RunQuery, RunTable } from '../../src/protocol/run-query.ts'
import type { ExperimentId } from '../../src/model/units.ts'
import type { RunColumns } from '../../src/protocol/runs-api.ts'
import type { TrackerError } from '../../src/protocol/tracker-error.ts'
import type { Database } from '../db/database.ts'
import { resolveQuery, resolveRunFilter } from './resolve-query.ts'
import { findRuns } from './run-query.ts'
import { readRuns } from './runs.ts'

/** The query over runs as one piece of code, loaded when it is first asked. */
export { parseCellsRequest, parseRunQuery } from './parse-run-query.ts'

export { readCells } from './run-query.ts'

export { readKeys } from './run-keys.ts'

/** The runs of an experiment that match a filter, as of now. Errors: `filter-wrong` with its place. */
export function readMatchingRuns(
  database: Database,
  experimentId: ExperimentId,
  filter: string,
): Result<RunColumns, TrackerError> {
  const experimentIds = [experimentId]
  const resolved = resolveRunFilter(database, { filter, experimentIds }, Date.now())
  if (!resolved.ok) return resolved
  if (resolved.value === null) return ok(readRuns(database, experimentId))
  const { runIds } = findRuns(database, {
    database: database.id,
    experimentIds,
    filter: resolved.value,
    sort: [],
    offset: 0,
    limit: MAX_RUNS_READ,
    columns: [],
  })
  return ok(readRuns(database, experimentId, runIds))
}

/** Finds the runs that match a query, as of now. Errors: `filter-wrong` with its place. */
export function queryRuns(database: Database, query: RunQuery): Result<RunTable, TrackerError> {
  const resolved = resolveQuery(database, query, Date.now())
  return resolved.ok ? ok(findRuns(database, resolved.value)) : resolved
}
