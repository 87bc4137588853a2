import { ARRAY_PART_BYTES } from '../../src/model/log-batch.ts'

/** Read at once: a few milliseconds of work between two answers of the thread. */
export const SLICE_BYTES = 8 * ARRAY_PART_BYTES

/** A slice of a file, and where it begins. */
export interface Slice {
  readonly offset: number
  readonly bytes: Uint8Array<ArrayBuffer>
}

/**
 * The bytes of a file in order; the next slice is read while one is worked on.
 *
 * Errors: throws when the file cannot be read any more. Cost: two slices in memory.
 */
export async function* readSlices(blob: Blob): AsyncGenerator<Slice> {
  const read = (offset: number): Promise<ArrayBuffer> =>
    blob.slice(offset, offset + SLICE_BYTES).arrayBuffer()
  let next = read(0)
  for (let offset = 0; offset < blob.size; offset += SLICE_BYTES) {
    const bytes = new Uint8Array(await next)
    if (offset + SLICE_BYTES < blob.size) {
      next = read(offset + SLICE_BYTES)
      // Whoever stops early does not hear of it.
      next.catch(() => undefined)
    }
    yield { offset, bytes }
  }
}
