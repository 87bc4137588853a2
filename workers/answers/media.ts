import { err, ok } from '../../src/model/result.ts'
import type { MediaApi } from '../../src/protocol/media-api.ts'
import { withCode } from '../jobs/with-code.ts'
import { loadRunParts } from './load-run-parts.ts'
import type { Readings } from './reading.ts'
import { unknownArray } from './answer-errors.ts'

export function answerMedia({ readingArrays }: Readings): MediaApi {
  return {
    readMedia: (request) =>
      withCode(loadRunParts, ({ readMedia }) =>
        readingArrays(request.database, (database) => ok(readMedia(database, request))),
      ),
    measureLogged: (request) =>
      withCode(loadRunParts, ({ measureLogged }) =>
        readingArrays(request.database, (database) => ok(measureLogged(database, request))),
      ),
    readArrays: (request) =>
      withCode(loadRunParts, ({ readArrays }) =>
        readingArrays(request.database, (database) => ok(readArrays(database, request))),
      ),
    readArray: (request) =>
      withCode(loadRunParts, ({ readArray }) =>
        readingArrays(request.database, (database) => {
          const found = readArray(database, request)
          return found === undefined ? err(unknownArray()) : ok(found)
        }),
      ),
    readArrayBytes: (request) =>
      withCode(loadRunParts, ({ readArrayBytes }) =>
        readingArrays(request.database, (database) => {
          const bytes = readArrayBytes(database, request)
          return bytes === undefined ? err(unknownArray()) : ok(bytes)
        }),
      ),
  }
}
