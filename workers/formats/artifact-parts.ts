import { NO_POINTS } from '../../src/model/log-batch.ts'
import type { ArtifactContents } from './artifact-sources.ts'
import type { Part } from './contents.ts'

/** Artifacts one by one, then what is said of them. */
export function* artifactsToParts({ artifacts, remarks }: ArtifactContents): Generator<Part> {
  for (const artifact of artifacts) yield { changes: [], points: NO_POINTS, artifact }
  if (remarks.length > 0) yield { changes: remarks, points: NO_POINTS }
}
