import { ARRAY_PART_BYTES } from '../../src/model/log-batch.ts'

/** Read at once: a few milliseconds of work between two answers of the thread. */
export const SLICE_BYTES = 4 * ARRAY_PART_BYTES

/** Reads a file from its beginning to its end. */
export interface SliceReader {
  /**
   * The next SLICE_BYTES, fewer at the end and none behind it, read into a buffer of that length.
   *
   * Owner: the buffer changes hands and comes back as that of the bytes, or stays behind where the browser makes one of its
   * own. Errors: rejects when the file cannot be read any more.
   */
  next(buffer: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>>
}

/**
 * Reads into buffers of the caller, so that a file of any length passes through a few of them. Garbage of slices would be
 * collected too late: it grew to the length of the file.
 */
export function openSlices(blob: Blob): SliceReader {
  const stream = blob.stream()
  try {
    return readInto(stream.getReader({ mode: 'byob' }))
  } catch {
    // A browser whose files are no byte streams.
    void stream.cancel()
    return readSlices(blob)
  }
}

/** Readers that wait. Chromium 156 collects a byte stream that nothing but a pending read refers to, which then never ends. */
const waiting = new Set<ReadableStreamBYOBReader>()

function readInto(reader: ReadableStreamBYOBReader): SliceReader {
  return {
    async next(buffer) {
      let memory = buffer
      let length = 0
      waiting.add(reader)
      try {
        while (length < SLICE_BYTES) {
          const { value, done } = await reader.read(new Uint8Array(memory, length, SLICE_BYTES - length))
          if (value !== undefined) memory = value.buffer
          if (done) break
          length += value.length
        }
      } finally {
        waiting.delete(reader)
      }
      return new Uint8Array(memory, 0, length)
    },
  }
}

function readSlices(blob: Blob): SliceReader {
  let at = 0
  return {
    async next() {
      const slice = blob.slice(at, at + SLICE_BYTES)
      at += slice.size
      return new Uint8Array(await slice.arrayBuffer())
    },
  }
}
