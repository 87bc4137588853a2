import { err, ok, type Result } from '../../../model/result.ts'
import type { RunId } from '../../../model/units.ts'
import type { DatabaseId } from '../../../protocol/database-id.ts'
import type { CodeFiles } from './diff-code.ts'
import { shownFailure } from '../../tracker/shown-failure.ts'
import type { Tracker } from '../../tracker/tracker.ts'

/** A file of code is at most about as long; a stranger's may be of any length. Unit: bytes. */
const MAX_FILE_BYTES = 4 * 2 ** 20

/** The code a run captured last; why it cannot be read as a sentence. */
export async function readCode(
  tracker: Tracker,
  database: DatabaseId,
  runId: RunId,
): Promise<Result<CodeFiles, string>> {
  const answer = await tracker.api.readArtifacts({ database, experimentId: null, runId })
  if (!answer.ok) return err(shownFailure(answer.error) ?? answer.error.message)
  const [newest] = answer.value.artifacts
    .filter((artifact) => artifact.type === 'code')
    .toSorted((a, b) => b.version - a.version)
  if (newest === undefined) return err('The code of this run is not in this database.')
  const texts: Record<string, string> = {}
  for (const { path, bytes } of newest.files) {
    if (bytes > MAX_FILE_BYTES) {
      texts[path] = `(${bytes} bytes, too long to be shown)`
      continue
    }
    const file = await tracker.api.readArtifactFile({ database, artifactId: newest.id, path })
    if (!file.ok) return err(shownFailure(file.error) ?? file.error.message)
    texts[path] = await file.value.text()
  }
  return ok(texts)
}
