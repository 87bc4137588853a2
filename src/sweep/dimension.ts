import type { JsonValue } from '../model/json.ts'

/** One param that is searched, checked: `low` ≤ `high`, above 0 where it is log, safe integers where it is `int`. */
export type Dimension = ChoiceDimension | RangeDimension

export interface ChoiceDimension {
  readonly kind: 'choice'
  readonly name: string
  readonly values: readonly JsonValue[]
}

export interface RangeDimension {
  readonly kind: 'uniform' | 'int'
  readonly name: string
  readonly low: number
  readonly high: number
  readonly isLog: boolean
}

/** The value at a place of the unit interval: equal lengths of it are equally likely. */
export function valueAt(dimension: Dimension, place: number): JsonValue {
  if (dimension.kind === 'choice') {
    const index = Math.min(dimension.values.length - 1, Math.floor(place * dimension.values.length))
    return dimension.values[index] ?? null
  }
  const [from, to] = boundsOf(dimension)
  return toValue(dimension, from * (1 - place) + to * place)
}

/** What lies at a number of the scale of a range. */
function toValue({ kind, low, high, isLog }: RangeDimension, at: number): number {
  const value = isLog ? Math.exp(at) : at
  // Rounding may leave the range by a hair.
  return Math.min(
    high,
    Math.max(low, kind === 'int' ? Math.round(value) : readable(value, high / 1e5 - low / 1e5)),
  )
}

/** With the six digits that a reader wants, unless the range is so narrow that they are too few. */
function readable(value: number, resolution: number): number {
  const rounded = Number(value.toPrecision(6))
  return Math.abs(rounded - value) < resolution ? rounded : value
}

/** Where in the unit interval a value of a range lies; null for what is none. */
export function placeOf(dimension: RangeDimension, value: unknown): number | null {
  const { low, high, isLog } = dimension
  if (typeof value !== 'number' || !(value >= low && value <= high)) return null
  const [from, to] = boundsOf(dimension)
  if (to === from) return 0.5
  const at = isLog ? Math.log(value) : value
  // Halved, so that a range of all numbers does not overflow.
  return Math.min(1, Math.max(0, (at / 2 - from / 2) / (to / 2 - from / 2)))
}

/** Which of the choices a value is; −1 for none. */
export function choiceOf(dimension: ChoiceDimension, value: unknown): number {
  const text = canonicalText(value)
  return dimension.values.findIndex((each) => canonicalText(each) === text)
}

/** Values spread evenly over a dimension, both ends included: all choices, and of whole numbers each only once. */
export function spread(dimension: Dimension, count: number): readonly JsonValue[] {
  if (dimension.kind === 'choice') return dimension.values
  const { low, high, isLog } = dimension
  if (count === 1 || low === high) return [middleOf(dimension)]
  const [from, to] = isLog ? [Math.log(low), Math.log(high)] : [low, high]
  const values = Array.from({ length: count }, (_, index) => {
    if (index === 0) return low
    if (index === count - 1) return high
    const share = index / (count - 1)
    return toValue(dimension, from * (1 - share) + to * share)
  })
  return [...new Set(values)]
}

function middleOf(dimension: RangeDimension): JsonValue {
  return valueAt(dimension, 0.5)
}

/** Whole numbers own half a unit on either side, so that the first and the last are as likely as the others. */
function boundsOf({ kind, low, high, isLog }: RangeDimension): readonly [number, number] {
  const [from, to] = kind === 'int' ? [low - 0.5, high + 0.5] : [low, high]
  return isLog ? [Math.log(from), Math.log(to)] : [from, to]
}

/** The same text for the same JSON, in whatever order its keys are. */
function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  )
}
