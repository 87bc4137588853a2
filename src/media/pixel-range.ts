import type { PixelRange } from '../model/media-content/pixel-range.ts'
import type { RawPixels } from './jobs.ts'

type Ends = readonly [black: number, white: number]

const UNIT: Ends = [0, 1]
const SIGNED: Ends = [-1, 1]
const BYTES: Ends = [0, 255]

/** Resampling and rounding go beyond the ends a little; so much of the greatest number is no other range. */
const SLACK = 0.05
/** What reaches no higher would be black as a part of 1, or of 255: it is stretched. */
const LEAST_PART = 1 / 32
/** What reaches no further from 0 would be all grey as −1 … 1. */
const LEAST_SIGNED = 1 / 8
const LEAST_BYTES = 32

interface Measured {
  min: number
  max: number
  count: number
  lost: number
  greatestAlpha: number
}

/**
 * Which numbers of some pictures are black and white, by what they are and between which ends all of them lie: 0 … 1,
 * −1 … 1 and 0 … 255 where they fit, else their least and greatest. Null for what is 8-bit by its type.
 */
export function rangeOf(given: readonly RawPixels[]): PixelRange | null {
  const pictures = given.filter(({ entries }) => entries !== 'bytes')
  if (pictures.length === 0) return null
  const measured: Measured = {
    min: Number.POSITIVE_INFINITY,
    max: Number.NEGATIVE_INFINITY,
    count: 0,
    lost: 0,
    greatestAlpha: 0,
  }
  for (const picture of pictures) measure(picture, measured)
  const { min, max, count, lost, greatestAlpha } = measured
  const isFloat = pictures.some(({ entries }) => entries === 'float')
  const found = min > max ? UNIT : isFloat ? endsOfFloats(min, max) : endsOfIntegers(min, max)
  // Colours that are black, under an alpha that counts to 255.
  const [black, white] = found === UNIT && greatestAlpha > 1 ? BYTES : found
  const isCut = min < black || max > white
  return {
    black,
    white,
    min: min > max ? black : min,
    max: min > max ? white : max,
    count,
    ...(lost === 0 ? {} : { lost }),
    ...(isCut ? { cut: pictures.reduce((sum, picture) => sum + countBeyond(picture, black, white), 0) } : {}),
  }
}

/** The number of alpha that is opaque. */
export function opaqueOf(raw: RawPixels, { white }: PixelRange): number {
  const { entries, channels } = raw
  const values = numbersOf(raw)
  if (channels !== 4 || (entries !== 'float' && white !== 1)) return 255
  let greatest = 0
  for (let at = 3; at < values.length; at += 4) greatest = Math.max(greatest, Number(values[at]) || 0)
  return greatest <= 1 + SLACK ? 1 : 255
}

export function numbersOf({ values }: RawPixels): ArrayLike<number | bigint> {
  return values as unknown as ArrayLike<number | bigint>
}

function measure(picture: RawPixels, into: Measured): void {
  const { channels } = picture
  const values = numbersOf(picture)
  for (let at = 0; at < values.length; at += 1) {
    const value = Number(values[at])
    if (channels === 4 && at % 4 === 3) {
      if (value > into.greatestAlpha) into.greatestAlpha = value
      continue
    }
    into.count += 1
    if (!Number.isFinite(value)) into.lost += 1
    else {
      if (value < into.min) into.min = value
      if (value > into.max) into.max = value
    }
  }
}

function countBeyond(picture: RawPixels, black: number, white: number): number {
  const { channels } = picture
  const values = numbersOf(picture)
  let count = 0
  for (let at = 0; at < values.length; at += 1) {
    const value = Number(values[at])
    const isColor = channels !== 4 || at % 4 !== 3
    if (isColor && Number.isFinite(value) && (value < black || value > white)) count += 1
  }
  return count
}

/** Masks of 0 and 1 are black and white. */
function endsOfIntegers(min: number, max: number): Ends {
  if (min >= 0 && max <= 255) return max <= 1 ? UNIT : BYTES
  return min >= -1 && max <= 1 ? SIGNED : stretched(min, max)
}

function endsOfFloats(min: number, max: number): Ends {
  const isPositive = min >= -SLACK * Math.max(0, max)
  const isConstant = min === max
  if (isPositive && max <= 1 + SLACK && (max > LEAST_PART || isConstant)) return UNIT
  const furthest = Math.max(-min, max)
  if (furthest <= 1 + SLACK && (furthest > LEAST_SIGNED || isConstant))
    return isPositive ? stretched(min, max) : SIGNED
  if (isPositive && max >= LEAST_BYTES && max <= 255 * (1 + SLACK)) return BYTES
  return stretched(min, max)
}

/** A picture of one number is grey. */
function stretched(min: number, max: number): Ends {
  if (min < max) return [min, max]
  const room = Math.max(1, Math.abs(min) / 2)
  return [Math.max(-Number.MAX_VALUE, min - room), Math.min(Number.MAX_VALUE, max + room)]
}
