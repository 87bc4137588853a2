/** A distance between ticks, `times` × 10^`power`: its multiples are written, so that none misses a number by its last digit. */
export interface Increment {
  readonly times: number
  readonly power: number
}

/** Labels on an axis are never fewer, where there are as many places, and never more, however long it is. */
export const LEAST_TICKS = 3
export const MOST_TICKS = 8

/** Multiples beyond this are no longer told apart. */
const MOST_MULTIPLE = 2 ** 50

export function sizeOf({ times, power }: Increment): number {
  return Number(`${times}e${power}`)
}

export function multiple(increment: Increment, count: number): number {
  return Number(`${count * increment.times}e${increment.power}`)
}

/** 1, 2 and 5 times the powers of ten around a size, from small to large. */
export function decimalsAround(size: number): readonly Increment[] {
  const middle = Math.max(-324, Math.floor(Math.log10(size)))
  return [-2, -1, 0, 1].flatMap((more) => [1, 2, 5].map((times) => ({ times, power: middle + more })))
}

/** As many ticks as can be read. */
function readable(wanted: number): number {
  return Math.min(MOST_TICKS, Math.max(LEAST_TICKS, wanted))
}

/** Which of some lists of ticks, from dense to sparse, is shown: the densest that is not more than wanted, nor less than can be read. */
export function choose<T>(lists: Iterable<readonly T[]>, wanted: number): readonly T[] {
  const most = readable(wanted)
  let denser: readonly T[] = []
  for (const list of lists) {
    if (list.length <= most) return list.length < LEAST_TICKS && denser.length > list.length ? denser : list
    denser = list.length <= MOST_TICKS ? list : []
  }
  return denser
}

/** How long an axis is for each of its ticks; finite though the axis may be longer than the largest number. */
export function roughSize(from: number, to: number, wanted: number): number {
  const most = readable(wanted)
  return Math.max(Number.MIN_VALUE, to / most - from / most)
}

/** How many times an increment fits between two ends, first and last; null where that is far too often, or cannot be counted. */
export function multiplesBetween(
  increment: Increment,
  from: number,
  to: number,
): readonly [first: number, last: number] | null {
  const size = sizeOf(increment)
  if (size === 0 || !Number.isFinite(size)) return null
  if (Math.max(Math.abs(from), Math.abs(to)) / size > MOST_MULTIPLE) return null
  // A quotient may miss a whole number by its last digit.
  let [first, last] = [Math.ceil(from / size) - 1, Math.floor(to / size) + 1]
  if (last - first > 4 * MOST_TICKS) return null
  while (multiple(increment, first) < from) first += 1
  while (multiple(increment, last) > to) last -= 1
  return [first, last]
}
