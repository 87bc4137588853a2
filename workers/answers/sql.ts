import { err, ok } from '../../src/model/result.ts'
import type { SqlApi } from '../../src/protocol/sql-api.ts'
import type { Databases } from '../db/databases.ts'
import { isForWantOfRoom } from '../ingest/storage-room.ts'
import { withCode } from '../jobs/with-code.ts'
import { beingReplaced } from '../jobs/errors.ts'
import type { Condemn } from '../jobs/job.ts'
import type { Readings } from './reading.ts'
import { storageFull } from './answer-errors.ts'

const loadSqlCode = () => import('../console/sql-code.ts')

export function answerSql({ files }: Databases, { readingArrays }: Readings, condemn: Condemn): SqlApi {
  return {
    querySql: (request) =>
      withCode(loadSqlCode, ({ querySql }) =>
        readingArrays(request.database, (database) => querySql(database, request)),
      ),
    copyDatabase: (id) =>
      withCode(loadSqlCode, async ({ copyDatabase }) => {
        const found = await readingArrays(id, (database) => ok(database))
        if (!found.ok) return found
        try {
          return await copyDatabase(found.value)
        } catch (cause) {
          if (condemn(cause)) return err(beingReplaced())
          if (await isForWantOfRoom(cause, files.kind)) return err(storageFull(files))
          throw cause
        }
      }),
  }
}
