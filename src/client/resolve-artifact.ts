import { isBetter, LATEST, type Artifact, type ArtifactId, type RankedAlias } from '../model/artifact.ts'
import { err, ok, type Result } from '../model/result.ts'
import type { RunId } from '../model/units.ts'
import { trackerError, type TrackerError } from '../protocol/tracker-error.ts'

/**
 * See `findArtifact`. A run that asks finds what it made itself before what others did.
 *
 * Errors: `unknown-artifact` for what is ambiguous, with what to write instead; undefined is what is not there.
 */
export function resolveArtifact<A extends Artifact>(
  artifacts: readonly A[],
  reference: string | ArtifactId,
  runId: RunId | null = null,
): Result<A | undefined, TrackerError> {
  const byId = artifacts.find(({ id }) => id === reference)
  if (byId !== undefined) return ok(byId)
  const colon = reference.lastIndexOf(':')
  const [name, which] =
    colon < 0 ? [reference, LATEST] : [reference.slice(0, colon), reference.slice(colon + 1)]
  const named = artifacts.filter((each) => each.name === name)
  const meant = [...new Set(named.map(({ experimentId }) => experimentId))]
    .map((id) =>
      versionsMeant(
        named.filter(({ experimentId }) => experimentId === id),
        which,
        runId,
      ),
    )
    .filter((versions) => versions.length > 0)
  const [versions = []] = meant
  if (meant.length > 1) return err(manyExperiments(reference, meant))
  return versions.length > 1 ? err(manyReasons(name, which, versions)) : ok(versions[0])
}

/** Those of one name in one experiment; several only where nothing tells which. */
function versionsMeant<A extends Artifact>(
  versions: readonly A[],
  which: string,
  runId: RunId | null,
): readonly A[] {
  if (which === LATEST) return newest(versions.filter(({ erasedAt }) => erasedAt === null))
  const number = /^v(\d+)$/.exec(which)?.[1]
  if (number !== undefined) return versions.filter(({ version }) => version === Number(number))
  const holders = versions.filter(({ aliases }) => aliases.includes(which))
  const given = holders.filter(({ heldAliases }) =>
    heldAliases.some((held) => held.alias === which && held.runId === runId),
  )
  const made = holders.filter((each) => each.runId === runId)
  const own = runId === null || given.length === 0 ? made : given
  return bestOf(own.length > 0 ? own : holders, which)
}

function newest<A extends Artifact>(versions: readonly A[]): readonly A[] {
  return versions.toSorted((a, b) => b.version - a.version).slice(0, 1)
}

/** All of them where they do not compare; of equal ones the newest. */
function bestOf<A extends Artifact>(holders: readonly A[], which: string): readonly A[] {
  const ranked = holders
    .toSorted((a, b) => b.version - a.version)
    .map((version) => ({ version, rank: rankOf(version, which) }))
  const [first, ...others] = ranked
  if (first === undefined || others.length === 0) return holders
  let best = first
  for (const each of others) {
    const { rank } = each
    if (rank === null || best.rank === null || !areComparable(rank, best.rank)) return holders
    if (isBetter(rank, best.rank)) best = each
  }
  return [best.version]
}

type Rank = Pick<RankedAlias, 'metric' | 'value' | 'direction'>

/** Why a version has an alias; null where somebody just gave it. */
function rankOf({ heldAliases }: Artifact, which: string): Rank | null {
  return heldAliases.reduce<Rank | null>(
    (rank, { alias, metric, value, direction }) =>
      alias !== which || metric === null || value === null || direction === null
        ? rank
        : { metric, value, direction },
    null,
  )
}

function areComparable(a: Rank, b: Rank): boolean {
  return a.metric === b.metric && a.direction === b.direction
}

function manyExperiments(reference: string, meant: readonly (readonly Artifact[])[]): TrackerError {
  const ids = meant.flat().map(({ id }) => id)
  return trackerError(
    'unknown-artifact',
    `${meant.length} experiments have an artifact ${reference}: say which by its experiment, or pass the id of one: ${ids.join(', ')}.`,
  )
}

function manyReasons(name: string, which: string, versions: readonly Artifact[]): TrackerError {
  const reasons = versions.map((each) => `v${each.version} (${reasonOf(each, which)})`)
  return trackerError(
    'unknown-artifact',
    `${versions.length} versions of ${name} are ${which}, for reasons that do not compare: ${reasons.join(', ')}. Say which, as ${name}:v${versions[0]?.version ?? 1}.`,
  )
}

function reasonOf(version: Artifact, which: string): string {
  const rank = rankOf(version, which)
  return rank === null
    ? 'given by hand'
    : `${rank.direction === 'min' ? 'lowest' : 'highest'} ${rank.metric}, ${rank.value}`
}
