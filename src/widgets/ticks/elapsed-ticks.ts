import { formatElapsed } from '../time-format.ts'
import { choose, decimalsAround, multiple, multiplesBetween, roughSize, sizeOf } from './increments.ts'
import { areDistinct, numberTicks, type Tick } from './number-ticks.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Distances between labels that people count time in. Unit: milliseconds. */
export const CLOCK_INCREMENTS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
]

/** Ticks on an axis of relative time. Unit: milliseconds. */
export function elapsedTicks(from: number, to: number, wanted: number): readonly Tick[] {
  const rough = roughSize(from, to, wanted)
  const increments = [
    ...decimalsAround(Math.min(rough, SECOND)).filter((each) => sizeOf(each) < SECOND),
    ...CLOCK_INCREMENTS.map((times) => ({ times, power: 0 })),
    ...decimalsAround(Math.max(1, rough / DAY))
      .filter(({ power }) => power >= 0)
      .map(({ times, power }) => ({ times: times * DAY, power })),
  ]
  const lists = increments.flatMap((increment) => {
    const between = multiplesBetween(increment, from, to)
    if (between === null) return []
    const [first, last] = between
    return [
      Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
        const at = multiple(increment, first + index)
        return { at, text: formatElapsed(at, sizeOf(increment)) }
      }),
    ]
  })
  const ticks = choose(lists, wanted)
  return ticks.length > 0 && areDistinct(ticks) ? ticks : numberTicks(from, to, wanted)
}
