import { isRecord } from '../raw-value.ts'
import { countOf, numberOf } from './meta-fields.ts'

/** Which numbers became black and white in a picture or film that was logged as numbers. */
export interface PixelRange {
  readonly black: number
  readonly white: number
  /** The least and the greatest of the finite numbers. */
  readonly min: number
  readonly max: number
  /** How many numbers there were; alpha is none of them. */
  readonly count: number
  /** How many were NaN or infinite: they are drawn as nothing. */
  readonly lost?: number
  /** How many were beyond black or white: they are drawn as it. */
  readonly cut?: number
}

/** Null for what says nothing of a range: files, canvases, and what older versions logged. */
export function pixelRangeOf(raw: unknown): PixelRange | null {
  if (!isRecord(raw)) return null
  const [black, white, min, max] = ['black', 'white', 'min', 'max'].map((name) => numberOf(raw[name]))
  if (typeof black !== 'number' || typeof white !== 'number' || black >= white) return null
  const count = countOf(raw['count']) ?? 0
  const [lost, cut] = [countOf(raw['lost']) ?? 0, countOf(raw['cut']) ?? 0]
  return { black, white, min: min ?? black, max: max ?? white, count, lost, cut }
}
