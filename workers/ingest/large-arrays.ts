import { arrayBytes } from '../../src/model/array.ts'
import type { ArraySection } from '../../src/model/log-batch.ts'

/** From this size on an array is kept once however often it is logged; below, looking for it costs as much as keeping it. */
export const LARGE_ARRAY_BYTES = 2 ** 16

/** The same of what is shown: there are few of them, and the same picture is often logged again. */
export const LARGE_MEDIA_BYTES = 2 ** 10

/** The SHA-256 in hex of every array of a section, by the section, where it was computed. */
export type Digests = ReadonlyMap<ArraySection, readonly string[]>

export const NO_DIGESTS: Digests = new Map()

export function isLarge({ dtype, shape, part, media }: Omit<ArraySection, 'bytes'>): boolean {
  const limit = media === undefined ? LARGE_ARRAY_BYTES : LARGE_MEDIA_BYTES
  return part !== undefined || arrayBytes(dtype, shape) >= limit
}
