import { err } from '../../src/model/result.ts'
import type { TrackerApi } from '../../src/protocol/tracker-api.ts'
import { deleteLeftBehind } from '../db/blobs.ts'
import type { Databases } from '../db/databases.ts'
import type { Notices } from '../db/notices.ts'
import { unknownDatabase } from '../formats/errors.ts'
import type { Jobs } from '../formats/job.ts'
import { loadCode } from '../formats/load-code.ts'
import { undoOnFailure } from '../ingest/commit.ts'

/** Those that take long. */
export type ArtifactJobs = Pick<TrackerApi, 'storeArtifact' | 'readArtifactFile' | 'eraseArtifacts'>

const loadCalls = () => loadCode(() => import('./calls.ts'))

/** Answers for artifacts. Clears away what uploads left behind that died with the owner before. */
export function makeArtifactCalls(databases: Databases, jobs: Jobs, notices: Notices): ArtifactJobs {
  const { own, files } = databases
  undoOnFailure(own, () => deleteLeftBehind(own.sql))

  return {
    storeArtifact: (request) =>
      jobs.run(request.jobId, `the artifact ${request.name}`, async (progress) => {
        const { storeArtifact } = await loadCalls()
        const stored = await storeArtifact(own, request, files.kind, progress)
        if (stored.ok) {
          notices.runsChanged(own.id, [request.runId])
          notices.storageChanged()
        }
        return stored
      }),

    async readArtifactFile(request) {
      const database = await databases.find(request.database)
      if (database === undefined) return err(unknownDatabase(request.database))
      const { readArtifactFile } = await loadCalls()
      return readArtifactFile(database, request)
    },

    eraseArtifacts: ({ jobId, artifactIds }) =>
      jobs.run(jobId, 'The artifacts', async (progress) => {
        const { eraseArtifacts } = await loadCalls()
        const erased = await eraseArtifacts(own, artifactIds, progress)
        notices.storageChanged()
        return erased
      }),
  }
}
