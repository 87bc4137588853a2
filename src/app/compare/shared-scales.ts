import type { HistogramContent } from '../../model/media-content/histogram-content.ts'
import type { PixelRange } from '../../model/media-content/pixel-range.ts'

/** What several histograms are drawn within. */
export interface HistogramScales {
  readonly from: number
  readonly to: number
  /** The count of the fullest bin of all. */
  readonly most: number
}

/** Null without histograms that have bins. */
export function histogramScales(contents: readonly HistogramContent[]): HistogramScales | null {
  const filled = contents.filter(({ counts }) => counts.length > 0)
  if (filled.length === 0) return null
  return {
    from: Math.min(...filled.map(({ edges }) => edges[0] ?? 0)),
    to: Math.max(...filled.map(({ edges }) => edges.at(-1) ?? 0)),
    most: filled.reduce((most, { counts }) => counts.reduce((a, b) => Math.max(a, b), most), 0),
  }
}

/** Black and white of several pictures: nothing that one of them shows is beyond. Null where none knows its numbers. */
export function sharedEnds(
  ranges: readonly (PixelRange | null)[],
): readonly [black: number, white: number] | null {
  const known = ranges.filter((range) => range !== null)
  if (known.length === 0) return null
  return [Math.min(...known.map(({ black }) => black)), Math.max(...known.map(({ white }) => white))]
}
