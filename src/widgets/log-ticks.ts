/** The least positive number with all its digits: what is not above 0 is drawn there, far outside. */
export const LEAST = 2 ** -1022

/** A tick as near as this to an end, as a part of the axis, lies on it. */
const SLACK = 1e-9

/** Places for ticks on a log axis, in order; none where it has no ends: powers of ten, with 2 and 5 times them where there are few, or some where there are many. */
export function logTicks(from: number, to: number, most: number): readonly number[] {
  if (!(from >= LEAST && to >= from && to <= Number.MAX_VALUE)) return []
  const [low, high] = [Math.log10(from), Math.log10(to)]
  const decades = high - low
  const parts = decades * 3 <= most ? [1, 2, 5] : [1]
  const stride = Math.max(1, Math.ceil(decades / most))
  const slack = decades * SLACK
  const ticks: number[] = []
  for (let power = Math.floor(low); power <= Math.ceil(high); power += 1) {
    if (power % stride !== 0) continue
    for (const part of parts) {
      // As it is written: a power may miss it by its last digit.
      const tick = Number(`${part}e${power}`)
      const at = Math.log10(tick)
      if (at >= low - slack && at <= high + slack) ticks.push(tick)
    }
  }
  return ticks
}
