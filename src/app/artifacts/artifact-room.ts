import type { Artifact, ArtifactId } from '../../model/artifact.ts'

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
 * The versions of a name that are given up when the newest `keep` are kept: as the store does it, never those that have
 * an alias or are registered.
 */
export function beyondPolicy(
  versions: readonly Artifact[],
  keep: number,
  isRegistered: (id: ArtifactId) => boolean,
): readonly Artifact[] {
  let newer = 0
  return versions
    .toSorted((a, b) => b.version - a.version)
    .filter((artifact) => {
      const { id, aliases, erasedAt, removedAt } = artifact
      if (erasedAt !== null) return false
      const isBeyond = newer >= keep && aliases.length === 0 && !isRegistered(id)
      if (removedAt === null) newer += 1
      return isBeyond
    })
}

/** Removed versions whose bytes are still there. */
export function removedWithBytes(all: readonly Artifact[]): readonly Artifact[] {
  return all.filter(({ removedAt, erasedAt }) => removedAt !== null && erasedAt === null)
}
