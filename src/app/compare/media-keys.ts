import type { MediaKind } from '../../model/media.ts'
import type { MediaTable } from '../experiment/create-media.ts'
import type { RunRow } from '../experiment/create-runs.ts'

/** What one of each kind is called that is compared on one scale. */
const COMPARED_KINDS: Partial<Readonly<Record<MediaKind, string>>> = {
  image: 'picture',
  histogram: 'histogram',
}

/** What one of a kind is called; undefined where it is not compared. */
export function comparedWord(kind: MediaKind | undefined): string | undefined {
  return kind === undefined ? undefined : COMPARED_KINDS[kind]
}

/** The keys under which some of the runs logged pictures or histograms, with those runs. */
export function comparedMedia(
  table: MediaTable | undefined,
  runs: readonly RunRow[],
): ReadonlyMap<string, readonly RunRow[]> {
  const found = new Map<string, readonly RunRow[]>()
  for (const [key, having] of table ?? []) {
    const shown = runs.filter(({ id }) => {
      return comparedWord(having.get(id)?.kind) !== undefined
    })
    if (shown.length > 0) found.set(key, shown)
  }
  return found
}
