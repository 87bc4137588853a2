import type { Result } from '../model/result.ts'
import type { ParsedArray } from './array-value.ts'

/** The same in every copy of the library: what one makes another can log. */
const MEDIA = Symbol.for('kymo.media')

/** What became of something that is shown: an array with its note, or why there is none, in a few words. */
export type Prepared = Result<ParsedArray, string>

/**
 * An image, a table, a histogram, …: made by the functions of `kymo/media`, logged like a number.
 *
 * It holds what it shows as it was when it was made. What takes long to prepare is prepared elsewhere and stored with the
 * step and time of its `log`.
 */
export interface MediaValue {
  readonly [MEDIA]: Prepared | Promise<Prepared>
}

export function toMediaValue(prepared: Prepared | Promise<Prepared>): MediaValue {
  return { [MEDIA]: prepared }
}

/** What was prepared; undefined for any other value. */
export function preparedOf(value: unknown): Prepared | Promise<Prepared> | undefined {
  if (typeof value !== 'object' || value === null || !(MEDIA in value)) return undefined
  return (value as MediaValue)[MEDIA]
}
