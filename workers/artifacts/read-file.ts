import { nextTask } from '../../src/model/event-loop.ts'
import { err, ok } from '../../src/model/result.ts'
import type { ArtifactFileRequest } from '../../src/protocol/artifacts-api.ts'
import type { Outcome } from '../../src/protocol/outcome.ts'
import { trackerError, type TrackerError } from '../../src/protocol/tracker-error.ts'
import { readBlobBytes } from '../db/blobs.ts'
import type { Database } from '../db/database.ts'
import { makeBlobParts } from '../jobs/blob-parts.ts'
import { findArtifactFile } from '../read/artifacts.ts'

/** Parts read between two answers of the thread: some milliseconds. */
const PARTS_A_TURN = 8

/** One file of a version as a Blob, which the browser keeps outside this thread. Cost: a part in memory. */
export async function readArtifactFile(
  database: Database,
  { artifactId, path }: ArtifactFileRequest,
): Outcome<Blob> {
  const found = findArtifactFile(database.sql, artifactId, path)
  if (found === undefined) return err(unknownArtifact(path))
  const parts = makeBlobParts()
  let count = 0
  for (let at = 0; at < found.bytes;) {
    // It may have been given up meanwhile.
    if (!database.sql.isOpen || findArtifactFile(database.sql, artifactId, path)?.blobId !== found.blobId)
      return err(unknownArtifact(path))
    const part = readBlobBytes(database.sql, found.blobId, at)
    parts.add(part)
    at += part.length
    count += 1
    if (count % PARTS_A_TURN === 0) await nextTask()
  }
  return ok(parts.close(found.mime))
}

function unknownArtifact(path: string): TrackerError {
  return trackerError(
    'unknown-artifact',
    `The bytes of ${path} are not here any more: this version was deleted, or given up to make room.`,
  )
}
