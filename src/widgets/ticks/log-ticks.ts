import { formatTick } from '../number-format.ts'
import { LEAST } from './axis-places.ts'
import { choose } from './increments.ts'
import { numberTicks, type Tick } from './number-ticks.ts'

/** A tick as near as this to an end, as a part of the axis, lies on it. */
const SLACK = 1e-9

const POWERS = [1] as const
const PARTS = [1, 2, 5] as const

/**
 * Ticks on a log axis; none where it has no ends: powers of ten, some of them where there are many, 2 and 5 times them
 * where there are few, and within one decade what a linear axis has.
 */
export function logTicks(
  from: number,
  to: number,
  wanted: number,
  linear: (from: number, to: number, wanted: number) => readonly Tick[] = numberTicks,
  text: (value: number) => string = (value) => formatTick(value, value),
): readonly Tick[] {
  if (!(from >= LEAST && to >= from && to <= Number.MAX_VALUE)) return []
  const decades = Math.log10(to) - Math.log10(from)
  const powers = (stride: number): readonly number[] => placesOf(from, to, stride, POWERS)
  const strides = Array.from({ length: Math.ceil(decades) + 1 }, (_, index) => powers(index + 1))
  const places = choose([...(decades < 8 ? [placesOf(from, to, 1, PARTS)] : []), ...strides], wanted)
  if (places.length < 3) return linear(from, to, wanted)
  return places.map((at) => ({ at, text: text(at) }))
}

function placesOf(from: number, to: number, stride: number, parts: readonly number[]): readonly number[] {
  const [low, high] = [Math.log10(from), Math.log10(to)]
  const slack = (high - low) * SLACK
  const places: number[] = []
  for (let power = Math.floor(low); power <= Math.ceil(high); power += 1) {
    if (power % stride !== 0) continue
    for (const part of parts) {
      // As it is written: a power may miss it by its last digit.
      const place = Number(`${part}e${power}`)
      const at = Math.log10(place)
      if (at >= low - slack && at <= high + slack) places.push(place)
    }
  }
  return places
}
