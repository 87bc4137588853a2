import type { Artifact } from '../../model/artifact.ts'
import type { RunId } from '../../model/units.ts'

/** One row of a list of artifacts. `key` tells it from all others, and stays. */
export type ArtifactEntry = NameEntry | VersionEntry

export interface NameEntry {
  readonly kind: 'name'
  readonly key: string
  readonly name: string
  /** Those that are listed, as they are. */
  readonly versions: readonly Artifact[]
  /** By the run whose list it is, which did not make them. */
  readonly isUsed: boolean
}

export interface VersionEntry {
  readonly kind: 'version'
  readonly key: string
  readonly artifact: Artifact
}

/** The artifacts of an experiment in order of name, newest version first; those that are removed are not listed. */
export function listArtifacts(all: readonly Artifact[], search: string): readonly ArtifactEntry[] {
  return byName(
    all.filter((artifact) => artifact.removedAt === null && isFound(artifact, search)),
    false,
  )
}

/** What a run made, latest step first, then what it used. */
export function listRunArtifacts(all: readonly Artifact[], runId: RunId): readonly ArtifactEntry[] {
  const there = all
    .filter(({ removedAt }) => removedAt === null)
    .toSorted((a, b) => compareText(a.name, b.name) || lastFirst(a.step, b.step) || b.version - a.version)
  return [
    ...byName(
      there.filter((artifact) => artifact.runId === runId),
      false,
    ),
    ...byName(
      there.filter((artifact) => artifact.runId !== runId),
      true,
    ),
  ]
}

function byName(sorted: readonly Artifact[], isUsed: boolean): readonly ArtifactEntry[] {
  const groups = new Map<string, Artifact[]>()
  for (const artifact of sorted) {
    const key = `${artifact.experimentId} ${artifact.name}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [artifact])
    else group.push(artifact)
  }
  const entries: ArtifactEntry[] = []
  for (const [group, versions] of groups) {
    const key = `${isUsed ? 'used' : 'made'} ${group}`
    entries.push({ kind: 'name', key, name: versions[0]?.name ?? '', versions, isUsed })
    for (const artifact of versions) entries.push({ kind: 'version', key: artifact.id, artifact })
  }
  return entries
}

/** Every word of a search is somewhere in the name, the type, an alias, the number or the digest of a version. */
export function isFound({ name, type, aliases, version, digest }: Artifact, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const text = [name, type, ...aliases, `v${version}`].join('\n').toLowerCase()
  return words.every((word) => text.includes(word) || digest.startsWith(word))
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** Without a step last. */
function lastFirst(a: number | null, b: number | null): number {
  return (b ?? Number.NEGATIVE_INFINITY) - (a ?? Number.NEGATIVE_INFINITY) || 0
}
