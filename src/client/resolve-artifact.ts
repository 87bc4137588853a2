import { LATEST, type Artifact, type ArtifactId, type HeldAlias } from '../model/artifact.ts'
import { isBetter } from '../model/rank.ts'
import type { RunId } from '../model/units.ts'

/**
 * The versions that a reference means, as `findArtifact` says: several only where nothing tells which. A run that asks finds
 * what it made itself before what others did.
 */
export function versionsMeant<A extends Artifact>(
  artifacts: readonly A[],
  reference: string | ArtifactId,
  runId: RunId | null = null,
): readonly A[] {
  const byId = artifacts.find(({ id }) => id === reference)
  if (byId !== undefined) return [byId]
  const colon = reference.lastIndexOf(':')
  const [name, which] =
    colon < 0 ? [reference, LATEST] : [reference.slice(0, colon), reference.slice(colon + 1)]
  const named = artifacts.filter((each) => each.name === name).toSorted((a, b) => b.version - a.version)
  return [...new Set(named.map(({ experimentId }) => experimentId))].flatMap((id) =>
    meantWithin(
      named.filter(({ experimentId }) => experimentId === id),
      which,
      runId,
    ),
  )
}

/** Of one name in one experiment, newest first. */
function meantWithin<A extends Artifact>(
  versions: readonly A[],
  which: string,
  runId: RunId | null,
): readonly A[] {
  if (which === LATEST) return versions.filter(({ erasedAt }) => erasedAt === null).slice(0, 1)
  const number = /^v(\d+)$/.exec(which)?.[1]
  if (number !== undefined) return versions.filter(({ version }) => version === Number(number))
  const holders = versions.filter(({ aliases }) => aliases.includes(which))
  const made = holders.filter((each) => each.runId === runId)
  const given = made.filter(({ heldAliases }) =>
    heldAliases.some((held) => held.alias === which && held.runId === runId),
  )
  return bestOf([given, made, holders].find(({ length }) => length > 0) ?? [], which)
}

/** All of them where they do not compare; of equal ones the newest. */
function bestOf<A extends Artifact>(holders: readonly A[], which: string): readonly A[] {
  let [best] = holders
  for (const each of holders.slice(1)) {
    const [rank, most] = [rankOf(each, which), best && rankOf(best, which)]
    if (rank === undefined || rank.metric !== most?.metric || rank.direction !== most.direction)
      return holders
    if (isBetter(rank, most)) best = each
  }
  return best === undefined ? [] : [best]
}

/** Why a version has an alias; undefined where somebody just gave it. */
export function rankOf({ heldAliases }: Artifact, which: string): HeldAlias | undefined {
  return heldAliases.find(({ alias, value }) => alias === which && value !== null)
}
