import { finiteEnds } from '../ticks/axis-places.ts'
import { extentOf as extentOfOne, makeScale, type PlotScale } from '../plot/plot-axis.ts'

/** An axis over some numbers, with a little room around them unless its ends are given. */
export function numberScale(from: number, to: number): PlotScale {
  return makeScale({
    id: '',
    label: '',
    values: Float64Array.of(from, to),
    categories: null,
    unit: 'number',
    isLog: false,
    // The ends may be whole where what lies between them is not.
    isContinuous: true,
    isFlipped: false,
  })
}

/** Unit: values between the ends; [0, 1] where no value is finite. */
export function extentOf(lists: Iterable<ArrayLike<number>>): readonly [number, number] {
  const [min, max] = extentOfOne(Array.from(lists).flatMap(extentOfOne))
  return min > max ? [0, 1] : [min, max]
}

/** The ends of an axis with a twentieth of its length around what lies on it. */
export function padded([min, max]: readonly [number, number]): readonly [number, number] {
  const more = max / 20 - min / 20 || Math.abs(max) / 2 || 1
  return finiteEnds(min - more, max + more)
}
