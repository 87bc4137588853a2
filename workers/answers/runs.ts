import { err, ok } from '../../src/model/result.ts'
import type { RunsApi } from '../../src/protocol/runs-api.ts'
import { unknownRun } from '../../src/protocol/tracker-error.ts'
import type { Database } from '../db/database.ts'
import type { Notices } from '../db/notices.ts'
import type { Jobs } from '../jobs/job.ts'
import { loadCode } from '../jobs/load-code.ts'
import { withCode } from '../jobs/with-code.ts'
import { readExperiments } from '../read/experiments.ts'
import { readRuns } from '../read/runs.ts'
import { loadRunParts } from './load-run-parts.ts'
import type { Readings } from './reading.ts'

const loadAlertTrial = () => import('../watch/try-rule.ts')
const loadRunQueries = () => import('../read/query-runs.ts')

export function answerRuns(
  own: Database,
  { reading, readingArrays }: Readings,
  jobs: Jobs,
  notices: Notices,
): RunsApi {
  return {
    readExperiments: (id) => reading(id, (database) => ok(readExperiments(database))),
    readArrangement: ({ database: id, experimentId }) =>
      withCode(loadRunParts, ({ readArrangement }) =>
        reading(id, (database) => ok(readArrangement(database, experimentId))),
      ),
    readRuns: ({ database: id, experimentId, filter = '' }) =>
      filter === ''
        ? reading(id, (database) => ok(readRuns(database, experimentId)))
        : withCode(loadRunQueries, ({ readMatchingRuns }) =>
            reading(id, (database) => readMatchingRuns(database, experimentId, filter)),
          ),
    readKeys: ({ database: id, experimentId }) =>
      withCode(loadRunQueries, ({ readKeys }) =>
        reading(id, (database) => ok(readKeys(database, experimentId))),
      ),
    queryRuns: (asked) =>
      withCode(loadRunQueries, ({ parseRunQuery, queryRuns }) => {
        const query = parseRunQuery(asked)
        if (!query.ok) return Promise.resolve(query)
        return reading(query.value.database, (database) => queryRuns(database, query.value))
      }),
    readCells: (asked) =>
      withCode(loadRunQueries, ({ parseCellsRequest, readCells }) => {
        const request = parseCellsRequest(asked)
        if (!request.ok) return Promise.resolve(request)
        return reading(request.value.database, (database) => ok(readCells(database, request.value)))
      }),
    readRun: ({ database: id, runId }) =>
      withCode(loadRunParts, ({ readShownRun }) =>
        readingArrays(id, (database) => {
          const detail = readShownRun(database, runId)
          return detail === undefined ? err(unknownRun(runId, 'it may have been deleted')) : ok(detail)
        }),
      ),
    readRefusals: ({ database: id, runIds }) =>
      withCode(loadRunParts, ({ readRefusals }) =>
        reading(id, (database) => ok(readRefusals(database, runIds))),
      ),
    tryAlert: ({ database: id, experimentId, rule }) =>
      withCode(loadAlertTrial, ({ tryRule }) =>
        reading(id, (database) => ok(tryRule(database, experimentId, rule))),
      ),
    readConsole: (request) =>
      withCode(loadRunParts, ({ readConsole }) =>
        reading(request.database, (database) => ok(readConsole(database, request))),
      ),
    readBin: () =>
      withCode(loadRunParts, ({ readBin }) => reading(own.id, (database) => ok(readBin(database)))),
    emptyBin: ({ jobId, runIds }) =>
      jobs.run(jobId, 'The bin', async (progress) => {
        const { emptyBin } = await loadCode(() => import('../jobs/empty-bin.ts'))
        return emptyBin(own, runIds, notices, progress)
      }),
  }
}
