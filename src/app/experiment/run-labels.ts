import type { RunId } from '../../model/units.ts'

/** Enough of an id for most, and short enough for a tooltip. */
const LEAST_ID = 4

/**
 * What runs are called where they stand beside each other: by their names, and with the end of their ids where several
 * have one name, or names that look alike.
 *
 * Shape: one entry for each run.
 */
export function runLabels(ids: readonly RunId[], names: readonly string[]): readonly string[] {
  const alike = new Map<string, RunId[]>()
  for (const [index, id] of ids.entries()) {
    const looks = looksOf(names[index] ?? '')
    const known = alike.get(looks)
    if (known === undefined) alike.set(looks, [id])
    else known.push(id)
  }
  const lengths = new Map([...alike].map(([looks, sharing]) => [looks, tellingLength(sharing)]))
  return ids.map((id, index) => {
    const name = names[index] ?? ''
    const looks = looksOf(name)
    const length = lengths.get(looks) ?? 0
    if (looks === '') return `unnamed · ${id.slice(-Math.max(LEAST_ID, length))}`
    return length === 0 ? name : `${name} · ${id.slice(-length)}`
  })
}

/** How much of the ends of some ids tells them apart; 0 of one alone. */
function tellingLength(ids: readonly RunId[]): number {
  if (ids.length < 2) return 0
  const longest = ids.reduce((most, { length }) => Math.max(most, length), 0)
  let length = LEAST_ID
  while (length < longest && new Set(ids.map((id) => id.slice(-length))).size < ids.length) length += 1
  return length
}

/** A name without what nobody sees. */
function looksOf(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(/[\s\p{Cf}]+/gu, ' ')
    .trim()
}
