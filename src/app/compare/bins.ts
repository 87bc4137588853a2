import { makeScale, type PlotAxis } from '../../widgets/plot/plot-axis.ts'

/** Runs put together by one of their values. */
export interface Bins {
  /** What each is called, in order. */
  readonly labels: readonly string[]
  /** Shape: for each run the place of its bin; -1 where it has no value. */
  readonly of: Int32Array
  /** Whether a bin holds a range of numbers, from its lower end up to, and without, its upper one; the last with it. */
  readonly areRanges: boolean
}

/** Unit: UTF-16 code units. */
const MAX_GIVEN = 7

/** A bin for each value while there are no more than `most` of them; else ranges of numbers of one length on the axis, or one bin for all other categories. */
export function toBins(axis: PlotAxis, most: number): Bins {
  if (axis.categories !== null) return categoryBins(axis.values, axis.categories, most)
  const distinct = [...new Set(axis.values)].filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b)
  const scale = makeScale({ ...axis, isFlipped: false })
  if (distinct.length <= most) {
    const labels = distinct.map((value) => shortly(value, axis, scale.format))
    return {
      labels: new Set(labels).size < labels.length ? distinct.map(String) : labels,
      of: Int32Array.from(axis.values, (value) => distinct.indexOf(value)),
      areRanges: false,
    }
  }
  const ends = Array.from({ length: most + 1 }, (_, end) => scale.fromPart(end / most))
  return {
    labels: Array.from(
      { length: most },
      (_, bin) => `${scale.format(ends[bin] ?? 0)} – ${scale.format(ends[bin + 1] ?? 0)}`,
    ),
    of: Int32Array.from(axis.values, (value) =>
      Number.isNaN(value)
        ? -1
        : Math.min(
            most - 1,
            ends.findLastIndex((end) => value >= end),
          ),
    ),
    areRanges: true,
  }
}

/** A number as it was given, where that is short. */
function shortly(value: number, { unit }: PlotAxis, format: (value: number) => string): string {
  const given = String(value)
  return unit === 'number' && given.length <= MAX_GIVEN ? given : format(value)
}

function categoryBins(values: Float64Array, categories: readonly string[], most: number): Bins {
  const kept = categories.length <= most ? categories.length : most - 1
  const others = categories.length - kept
  return {
    labels: [...categories.slice(0, kept), ...(others === 0 ? [] : [`${others} others`])],
    of: Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : Math.min(kept, value))),
    areRanges: false,
  }
}
