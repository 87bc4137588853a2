import { err, ok } from '../../src/model/result.ts'
import type { ArtifactsApi } from '../../src/protocol/artifacts-api.ts'
import { deleteLeftBehind } from '../db/blobs.ts'
import { isShared } from '../db/sql.ts'
import type { Databases } from '../db/databases.ts'
import type { Notices } from '../db/notices.ts'
import { undoOnFailure } from '../ingest/commit.ts'
import { beingReplaced, unknownDatabase } from '../jobs/errors.ts'
import type { Condemn, Jobs } from '../jobs/job.ts'
import { loadCode } from '../jobs/load-code.ts'
import { withCode } from '../jobs/with-code.ts'
import { loadRunParts } from './load-run-parts.ts'
import type { Readings } from './reading.ts'

const loadArtifactCode = () => import('../artifacts/artifact-code.ts')

/** Clears away what uploads left behind that died with the owner before. */
export function answerArtifacts(
  databases: Databases,
  { reading }: Readings,
  jobs: Jobs,
  notices: Notices,
  condemn: Condemn,
): ArtifactsApi {
  const { own, files } = databases
  if (!isShared(own.sql)) undoOnFailure(own, () => deleteLeftBehind(own.sql))

  return {
    storeArtifact: (request) =>
      jobs.run(request.jobId, `the artifact ${request.name}`, async (progress) => {
        const { storeArtifact } = await loadCode(loadArtifactCode)
        const stored = await storeArtifact(own, request, files.kind, progress)
        if (stored.ok) {
          notices.runsChanged(own.id, [request.runId])
          notices.storageChanged()
        }
        return stored
      }),

    readArtifacts: (request) =>
      withCode(loadRunParts, ({ readArtifacts }) =>
        reading(request.database, (database) => ok(readArtifacts(database, request))),
      ),

    readArtifactFile: (request) =>
      withCode(loadArtifactCode, async ({ readArtifactFile }) => {
        const database = await databases.find(request.database)
        if (database === undefined) return err(unknownDatabase(request.database))
        try {
          return await readArtifactFile(database, request)
        } catch (cause) {
          if (condemn(cause)) return err(beingReplaced())
          throw cause
        }
      }),

    eraseArtifacts: ({ jobId, artifactIds }) =>
      jobs.run(jobId, 'The artifacts', async (progress) => {
        const { eraseArtifacts } = await loadCode(loadArtifactCode)
        const erased = await eraseArtifacts(own, artifactIds, progress)
        notices.storageChanged()
        return erased
      }),
  }
}
