import { err, ok, type Result } from '../src/model/result.ts'
import type { DatabaseId, Outcome, TrackerApi } from '../src/protocol/tracker-api.ts'
import type { TrackerError } from '../src/protocol/tracker-error.ts'
import type { Database } from './db/database.ts'
import { readExperiments } from './read/experiments.ts'
import { unknownArray, unknownRun } from './service-errors.ts'
import { withCode } from './with-code.ts'

/** What is told of one run, one experiment, the bin. */
export type ReadCalls = Pick<
  TrackerApi,
  | 'readExperiments'
  | 'readArrangement'
  | 'readRun'
  | 'readArtifacts'
  | 'readConsole'
  | 'readEvents'
  | 'readMedia'
  | 'readArrays'
  | 'readArray'
  | 'readArrayBytes'
  | 'readBin'
>

/** Reads a database once what is under way is settled; the arrays that wait as well where they are asked for. */
export type Reading = <T>(
  id: DatabaseId,
  read: (database: Database) => Result<T, TrackerError>,
  readsArrays?: boolean,
) => Outcome<T>

const loadRunParts = () => import('./read/run-parts.ts')

export function makeReadCalls(own: DatabaseId, reading: Reading): ReadCalls {
  return {
    readExperiments: (id) => reading(id, (database) => ok(readExperiments(database))),
    readArrangement: ({ database: id, experimentId }) =>
      withCode(loadRunParts, ({ readArrangement }) =>
        reading(id, (database) => ok(readArrangement(database, experimentId))),
      ),
    readRun: ({ database: id, runId }) =>
      withCode(loadRunParts, ({ readRun }) =>
        reading(
          id,
          (database) => {
            const detail = readRun(database, runId)
            return detail === undefined ? err(unknownRun(runId)) : ok(detail)
          },
          true,
        ),
      ),
    readArtifacts: (request) =>
      withCode(loadRunParts, ({ readArtifacts }) =>
        reading(request.database, (database) => ok(readArtifacts(database, request))),
      ),
    readConsole: (request) =>
      withCode(loadRunParts, ({ readConsole }) =>
        reading(request.database, (database) => ok(readConsole(database, request))),
      ),
    readEvents: (request) =>
      withCode(loadRunParts, ({ readEventColumns }) =>
        reading(request.database, (database) => ok(readEventColumns(database, request))),
      ),
    readMedia: (request) =>
      withCode(loadRunParts, ({ readMedia }) =>
        reading(request.database, (database) => ok(readMedia(database, request)), true),
      ),
    readArrays: (request) =>
      withCode(loadRunParts, ({ readArrays }) =>
        reading(request.database, (database) => ok(readArrays(database, request)), true),
      ),
    readArray: (request) =>
      withCode(loadRunParts, ({ readArray }) =>
        reading(
          request.database,
          (database) => {
            const found = readArray(database, request)
            return found === undefined ? err(unknownArray()) : ok(found)
          },
          true,
        ),
      ),
    readArrayBytes: (request) =>
      withCode(loadRunParts, ({ readArrayBytes }) =>
        reading(
          request.database,
          (database) => {
            const bytes = readArrayBytes(database, request)
            return bytes === undefined ? err(unknownArray()) : ok(bytes)
          },
          true,
        ),
      ),
    readBin: () => withCode(loadRunParts, ({ readBin }) => reading(own, (database) => ok(readBin(database)))),
  }
}
