import { arrayBytes } from '../../src/model/array.ts'
import { ARRAY_PART_BYTES } from '../../src/model/log-batch.ts'
import type { ArraySection, LogBatch } from '../../src/model/log-batch.ts'
import { nextTask } from '../../src/model/next-task.ts'
import { readBlobBytes } from '../db/blobs.ts'
import type { Sql } from '../db/sql.ts'
import { findUpload } from './uploads.ts'

/** From this size on an array is kept once however often it is logged; below, looking for it costs as much as keeping it. */
export const LARGE_ARRAY_BYTES = 2 ** 16

/** The SHA-256 in hex of every large array of a batch that is complete with it, in the order of its section. */
export type Digests = ReadonlyMap<ArraySection, readonly string[]>

export const NO_DIGESTS: Digests = new Map()

/** Errors: throws when the section has none: whoever applies a batch with large arrays brings their digests. */
export function digestsOf(digests: Digests, section: ArraySection): readonly string[] {
  const found = digests.get(section)
  if (found === undefined) throw new Error(`The arrays of ${section.key} have no digest.`)
  return found
}

export function isLarge({ dtype, shape, part }: ArraySection): boolean {
  return part !== undefined || arrayBytes(dtype, shape) >= LARGE_ARRAY_BYTES
}

/** Cost: about 5 ms for 8 MB, off this thread; 40 ms where the browser gives no `crypto.subtle` and for what came in parts. */
export async function computeDigests(sql: Sql, { arrays = [] }: Pick<LogBatch, 'arrays'>): Promise<Digests> {
  const large = arrays.filter(isLarge)
  if (large.length === 0) return NO_DIGESTS
  return new Map(
    await Promise.all(large.map(async (section) => [section, await digestSection(sql, section)] as const)),
  )
}

function digestSection(sql: Sql, section: ArraySection): Promise<readonly string[]> {
  const { dtype, shape, steps, bytes, part } = section
  const length = arrayBytes(dtype, shape)
  if (part === undefined) {
    return Promise.all(
      Array.from(steps, (_, index) => digestWhole(bytes.subarray(index * length, (index + 1) * length))),
    )
  }
  return part.offset + bytes.length < length ? Promise.resolve([]) : digestParts(sql, part, bytes)
}

async function digestWhole(bytes: Uint8Array): Promise<string> {
  const subtle = globalThis.crypto?.subtle
  if (subtle === undefined) {
    const { sha256 } = await loadSha256()
    return toHex(sha256(bytes))
  }
  return toHex(new Uint8Array(await subtle.digest('SHA-256', bytes as BufferSource)))
}

/** `crypto.subtle` wants all bytes at once; this reads back what is stored, part by part, and lets others be answered between. */
async function digestParts(
  sql: Sql,
  { id, offset }: NonNullable<ArraySection['part']>,
  last: Uint8Array,
): Promise<readonly string[]> {
  const { sha256 } = await loadSha256()
  const hash = sha256.create()
  // The parts before it may be in batches that were received and wait their turn.
  await nextTask()
  for (let at = 0; at < offset; at += ARRAY_PART_BYTES) {
    const blobId = findUpload(sql, id)
    if (blobId === undefined) return []
    hash.update(readBlobBytes(sql, blobId, at))
    await nextTask()
  }
  return [toHex(hash.update(last).digest())]
}

function loadSha256(): Promise<typeof import('@noble/hashes/sha2.js')> {
  return import('@noble/hashes/sha2.js')
}

function toHex(digest: Uint8Array): string {
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
