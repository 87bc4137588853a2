import type { Artifact } from '../../model/artifact.ts'
import { formatPlural } from '../../widgets/number-format.ts'

/** Versions named one by one. */
const MAX_SAID = 12

/** Which versions are given up: `checkpoint v1, v2 and v7; model v1`. */
export function versionsWords(artifacts: readonly Artifact[]): string {
  const byName = new Map<string, string[]>()
  const inOrder = artifacts.toSorted((a, b) => a.version - b.version)
  for (const { name, version } of inOrder.slice(0, MAX_SAID)) {
    const versions = byName.get(name)
    if (versions === undefined) byName.set(name, [`v${version}`])
    else versions.push(`v${version}`)
  }
  const said = [...byName].map(([name, versions]) => `${name} ${versions.join(', ')}`).join('; ')
  const left = artifacts.length - MAX_SAID
  return left > 0 ? `${said} and ${formatPlural(left, 'more', 'more')}` : said
}

/** What a policy would not have given up, a sentence each. */
export function keptWords(
  artifacts: readonly Artifact[],
  isHeld: (id: string) => boolean,
): readonly string[] {
  return [
    ...said(
      artifacts.filter(({ aliases }) => aliases.length > 0),
      'One has an alias, which goes with it',
      'Some have aliases, which go with them',
    ),
    ...said(
      artifacts.filter(({ usedBy }) => usedBy.length > 0),
      'One was used by a run',
      'Some were used by runs',
    ),
    ...said(
      artifacts.filter(({ id }) => isHeld(id)),
      'One is registered or was forked from',
      'Some are registered or were forked from',
    ),
  ]
}

function said(some: readonly Artifact[], one: string, many: string): readonly string[] {
  return some.length === 0 ? [] : [`${some.length === 1 ? one : many}: ${versionsWords(some)}.`]
}
