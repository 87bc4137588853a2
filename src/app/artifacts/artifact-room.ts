import type { Artifact, ArtifactId, ArtifactPolicy } from '../../model/artifact.ts'
import type { RunId } from '../../model/units.ts'

/** What versions give back when their bytes are given up: contents that no other version holds, each once. Unit: bytes. */
export function roomOf(all: readonly Artifact[], given: ReadonlySet<ArtifactId>): number {
  const kept = new Set<string>()
  for (const artifact of all) {
    if (given.has(artifact.id) || artifact.erasedAt !== null) continue
    for (const { digest } of artifact.files) kept.add(digest)
  }
  const freed = new Map<string, number>()
  for (const artifact of all) {
    if (!given.has(artifact.id) || artifact.erasedAt !== null) continue
    for (const { digest, bytes } of artifact.files) if (!kept.has(digest)) freed.set(digest, bytes)
  }
  return [...freed.values()].reduce((sum, bytes) => sum + bytes, 0)
}

/**
 * The versions of a name that are given up when of each run the newest `keep` are kept: as the store does it, never those
 * that have an alias, were used, or are held because they are registered or were forked from.
 */
export function beyondPolicy(
  versions: readonly Artifact[],
  keep: number,
  isHeld: (id: ArtifactId) => boolean,
): readonly Artifact[] {
  const newer = new Map<RunId, number>()
  return versions
    .toSorted((a, b) => b.version - a.version)
    .filter((artifact) => {
      const { id, runId, erasedAt, removedAt } = artifact
      if (erasedAt !== null) return false
      const count = newer.get(runId) ?? 0
      if (removedAt === null) newer.set(runId, count + 1)
      return count >= keep && artifact.aliases.length === 0 && artifact.usedBy.length === 0 && !isHeld(id)
    })
}

/** How many of the newest versions of a name are kept of each run that made some of them, fewest first; null for all. */
export function keptOfRuns(
  versions: readonly Artifact[],
  policies: readonly ArtifactPolicy[],
): readonly (number | null)[] {
  const ofAll = policies.find(({ runId }) => runId === null)?.keep ?? null
  const makers = new Set(versions.map(({ runId }) => runId))
  const kept = new Set([...makers].map((id) => policies.find(({ runId }) => runId === id)?.keep ?? ofAll))
  if (kept.size === 0) kept.add(ofAll)
  return [...kept].toSorted((a, b) => (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY))
}

/** Removed versions whose bytes are still there. */
export function removedWithBytes(all: readonly Artifact[]): readonly Artifact[] {
  return all.filter(({ removedAt, erasedAt }) => removedAt !== null && erasedAt === null)
}
