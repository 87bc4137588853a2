import { arrayBytes } from '../../src/model/array.ts'
import type { ArraySection, LogBatch } from '../../src/model/log-batch.ts'

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

/** The digests of the large arrays that are whole, so that equal ones are written once. Cost: 2 ms a megabyte, off this thread. */
export async function computeDigests({ arrays = [] }: Pick<LogBatch, 'arrays'>): Promise<Digests> {
  const whole = arrays.filter((section) => section.part === undefined && isLarge(section))
  if (whole.length === 0) return NO_DIGESTS
  return new Map(
    await Promise.all(whole.map(async (section) => [section, await digestSection(section)] as const)),
  )
}

function digestSection({ dtype, shape, steps, bytes }: ArraySection): Promise<readonly string[]> {
  const length = arrayBytes(dtype, shape)
  return Promise.all(
    Array.from(steps, (_, index) => digestOf(bytes.subarray(index * length, (index + 1) * length))),
  )
}

/** The SHA-256 of bytes in hex. */
export async function digestOf(bytes: Uint8Array): Promise<string> {
  const subtle = globalThis.crypto?.subtle
  if (subtle === undefined) {
    const hash = await createHash()
    hash.update(bytes)
    return hash.digest()
  }
  return toHex(new Uint8Array(await subtle.digest('SHA-256', bytes as BufferSource)))
}

/** A digest of bytes that come in parts, which `crypto.subtle` does not take. */
export interface Hash {
  update(part: Uint8Array): void
  digest(): string
}

/** Cost: 3 ms a megabyte, in this thread. */
export async function createHash(): Promise<Hash> {
  const { createSHA256 } = await import('hash-wasm')
  const hash = await createSHA256()
  hash.init()
  return { update: (part) => void hash.update(part), digest: () => hash.digest() }
}

function toHex(digest: Uint8Array): string {
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
