import type { Artifact } from '../model/artifact.ts'
import { trackerError, type TrackerError } from '../protocol/tracker-error.ts'
import { rankOf } from './resolve-artifact.ts'

/** That a reference means several versions, and what to write instead. */
export function ambiguousArtifact(reference: string, versions: readonly Artifact[]): TrackerError {
  const experiments = new Set(versions.map(({ experimentId }) => experimentId)).size
  if (experiments > 1)
    return trackerError(
      'unknown-artifact',
      `${experiments} experiments have an artifact ${reference}: say which by its experiment, or pass the id of one: ${versions.map(({ id }) => id).join(', ')}.`,
    )
  const which = reference.slice(reference.lastIndexOf(':') + 1)
  const [{ name = '', version = 1 } = {}] = versions
  const reasons = versions.map((each) => `v${each.version} (${reasonOf(each, which)})`)
  return trackerError(
    'unknown-artifact',
    `${versions.length} versions of ${name} are ${which}, for reasons that do not compare: ${reasons.join(', ')}. Say which, as ${name}:v${version}.`,
  )
}

function reasonOf(version: Artifact, which: string): string {
  const rank = rankOf(version, which)
  return rank === undefined
    ? 'given by hand'
    : `${rank.direction === 'min' ? 'lowest' : 'highest'} ${rank.metric}, ${rank.value}`
}
