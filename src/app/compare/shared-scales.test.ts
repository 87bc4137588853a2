import { describe, expect, it } from 'vitest'
import type { HistogramContent } from '../../model/media-content/histogram-content.ts'
import type { PixelRange } from '../../model/media-content/pixel-range.ts'
import { histogramScales, sharedEnds } from './shared-scales.ts'

function histogram(edges: readonly number[], counts: readonly number[]): HistogramContent {
  return {
    kind: 'histogram',
    edges: Float64Array.from(edges),
    counts: Float64Array.from(counts),
    count: 0,
    nanCount: 0,
    posInfCount: 0,
    negInfCount: 0,
    zeroCount: null,
    min: null,
    max: null,
    mean: null,
  }
}

function range(black: number, white: number): PixelRange {
  return { black, white, min: black, max: white, count: 4 }
}

describe('scales that several runs share', () => {
  it('reach over the bins of all histograms, and up to the fullest', () => {
    const all = [histogram([-1, 0, 1], [4, 9]), histogram([0, 5], [20]), histogram([-7], [])]
    expect(histogramScales(all)).toEqual({ from: -1, to: 5, most: 20 })
    expect(histogramScales([])).toBeNull()
  })

  it('reach from the darkest black to the lightest white of pictures that know their numbers', () => {
    expect(sharedEnds([range(0, 1), null, range(-2, 0.5)])).toEqual([-2, 1])
    expect(sharedEnds([null])).toBeNull()
  })
})
