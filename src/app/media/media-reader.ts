import type { ArrayDtype, ArrayShape } from '../../model/array.ts'
import { parseContent, type MediaContent } from '../../model/media-content/media-content.ts'
import type { MediaNote } from '../../model/media.ts'
import { err, ok, type Result } from '../../model/result.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import { MAX_ARRAY_READ_BYTES } from '../../protocol/media-api.ts'
import { makeByteCache } from '../../model/byte-cache.ts'
import type { MediaEntry } from './media-steps.ts'
import type { Tracker } from '../tracker/tracker.ts'

/** One array that is to be shown. */
export interface MediaAddress {
  readonly key: string
  readonly entry: MediaEntry
}

/** An array that was read, and what it shows or why it cannot. */
export interface ReadMedia {
  readonly dtype: ArrayDtype
  readonly shape: ArrayShape
  readonly note: MediaNote | null
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly content: Result<MediaContent, string>
}

export interface MediaReader {
  /** Errors: a sentence. Undefined when it was no longer wanted before all of it was read. */
  read(address: MediaAddress, isWanted: () => boolean): Promise<Result<ReadMedia, string> | undefined>
  /** The bytes as they are stored, however many. Errors: a sentence. */
  readFile(address: MediaAddress): Promise<Result<Blob, string>>
}

/** What was looked at stays at hand up to this. Unit: bytes. */
const CACHE_BYTES = 128 * 2 ** 20
/** Larger ones are offered as files: a page that holds several of them beside each other fails. Unit: bytes. */
const MAX_SHOWN_BYTES = 256 * 2 ** 20

const GONE = 'It is no longer in the database.'

/** Reads what is looked at, once. */
export function createMediaReader(tracker: Tracker, database: DatabaseId): MediaReader {
  const cache = makeByteCache<number, ReadMedia>(CACHE_BYTES)

  /** Reads on from the bytes that are there. */
  async function readRest(
    { id, bytes }: MediaEntry,
    parts: Uint8Array<ArrayBuffer>[],
    isWanted: () => boolean,
  ): Promise<Result<Uint8Array<ArrayBuffer>[], string> | undefined> {
    for (let offset = parts[0]?.length ?? 0; offset < bytes;) {
      if (!isWanted()) return undefined
      const part = await tracker.api.readArrayBytes({ database, id, offset, length: MAX_ARRAY_READ_BYTES })
      if (!part.ok) return err(part.error.message)
      if (part.value.length === 0) return err(GONE)
      parts.push(part.value as Uint8Array<ArrayBuffer>)
      offset += part.value.length
    }
    return ok(parts)
  }

  return {
    async read({ entry }, isWanted) {
      const known = cache.get(entry.id)
      if (known !== undefined) return ok(known)
      if (entry.bytes > MAX_SHOWN_BYTES) {
        return err('It is too large to be shown here; it can be downloaded.')
      }
      const found = await tracker.api.readArray({ database, id: entry.id })
      if (!found.ok) return err(found.error.message)
      const { dtype, shape, media: note, start } = found.value
      const parts = await readRest(entry, [start as Uint8Array<ArrayBuffer>], isWanted)
      if (parts === undefined || !parts.ok) return parts
      const bytes = joined(parts.value)
      const array = { dtype, shape, bytes }
      const content =
        note === null ? err('this version of Kymo does not know its kind') : parseContent(array, note)
      const read = { ...array, note, content }
      cache.put(entry.id, read, bytes.length + (note?.meta.length ?? 0))
      return ok(read)
    },
    async readFile({ entry }) {
      const parts = await readRest(entry, [], () => true)
      if (parts === undefined) return err(GONE)
      return parts.ok ? ok(new Blob(parts.value)) : parts
    },
  }
}

function joined(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [first] = parts
  if (first !== undefined && parts.length === 1) return first
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}
