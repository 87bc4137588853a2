import { formatCount, formatExact, formatTick } from '../number-format.ts'
import {
  choose,
  decimalsAround,
  multiple,
  multiplesBetween,
  roughSize,
  sizeOf,
  type Increment,
} from './increments.ts'

export interface Tick {
  readonly at: number
  readonly text: string
}

/** A label says a number of this many digits; of longer ones it says how they differ. */
const MAX_DIGITS = 6
/** Whole numbers below this are short enough to be written out. */
const MOST_COUNTED = 1e10

/** Ticks on a linear axis; `isWhole`: there is nothing between two whole numbers. */
export function numberTicks(from: number, to: number, wanted: number, isWhole = false): readonly Tick[] {
  const increments = decimalsAround(roughSize(from, to, wanted)).filter(({ power }) => power >= 0 || !isWhole)
  const places = choose(listsOf(increments, from, to), wanted)
  const [first] = places
  return first === undefined ? fewTicks(from, to) : numberTexts(places, first.increment)
}

interface Place {
  readonly increment: Increment
  readonly count: number
}

/** One after the other, as far as they are looked at: axes are made anew with every frame of a zoom. */
function* listsOf(increments: readonly Increment[], from: number, to: number): Generator<readonly Place[]> {
  for (const increment of increments) {
    const between = multiplesBetween(increment, from, to)
    if (between !== null) yield placesOf(increment, between)
  }
}

function placesOf(increment: Increment, [first, last]: readonly [number, number]): readonly Place[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => ({
    increment,
    count: first + index,
  }))
}

function numberTexts(places: readonly Place[], increment: Increment): readonly Tick[] {
  const size = sizeOf(increment)
  const ticks = places.map(({ count }) => {
    const at = multiple(increment, count)
    return { at, text: formatTick(at, size) }
  })
  const largest = Math.max(...ticks.map(({ at }) => Math.abs(at)))
  if (largest / size < 10 ** MAX_DIGITS && areDistinct(ticks)) return ticks
  if (size >= 1 && largest < MOST_COUNTED) return ticks.map(({ at }) => ({ at, text: formatCount(at) }))
  return differences(places, increment)
}

/** The roundest number as it is, and what the others differ from it by: `−1e-11`, `2.7`, `+1e-11`. */
function differences(places: readonly Place[], increment: Increment): readonly Tick[] {
  const texts = places.map(({ count }) => exactText(multiple(increment, count)))
  const shortest = Math.min(...texts.map(({ length }) => length))
  const base = texts.findIndex(({ length }) => length === shortest)
  return places.map(({ count }, index) => {
    const away = count - (places[base]?.count ?? 0)
    const size = formatTick(multiple(increment, Math.abs(away)), sizeOf(increment))
    const text = away === 0 ? (texts[index] ?? '') : `${away < 0 ? '−' : '+'}${size}`
    return { at: multiple(increment, count), text }
  })
}

/** Where there are hardly any numbers between the ends: these. */
function fewTicks(from: number, to: number): readonly Tick[] {
  return [...new Set([from, from / 2 + to / 2, to])].map((at) => ({ at, text: exactText(at) }))
}

function exactText(value: number): string {
  return Number.isSafeInteger(value) ? formatCount(value) : formatExact(value).replace('e+', 'e')
}

export function areDistinct(ticks: readonly Tick[]): boolean {
  return new Set(ticks.map(({ text }) => text)).size === ticks.length
}
