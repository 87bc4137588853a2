import type { MediaKind } from '../../model/media.ts'
import type { MediaTable } from '../experiment/create-media.ts'
import type { RunRow } from '../experiment/create-runs.ts'

/** Kinds that are compared on one scale. */
const COMPARED_KINDS: ReadonlySet<MediaKind> = new Set(['image', 'histogram'])

/** The keys under which some of the runs logged pictures or histograms, with those runs. */
export function comparedMedia(
  table: MediaTable | undefined,
  runs: readonly RunRow[],
): ReadonlyMap<string, readonly RunRow[]> {
  const found = new Map<string, readonly RunRow[]>()
  for (const [key, having] of table ?? []) {
    const shown = runs.filter(({ id }) => {
      const kind = having.get(id)?.kind
      return kind !== undefined && COMPARED_KINDS.has(kind)
    })
    if (shown.length > 0) found.set(key, shown)
  }
  return found
}
