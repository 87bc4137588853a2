/** Bytes handed to a Blob at a time: the browser keeps Blobs outside this thread's memory, on disk when they are large. */
const PART_BYTES = 8 * 2 ** 20

export interface BlobParts {
  /** Owner: this, from now on. */
  add(bytes: Uint8Array<ArrayBuffer>): void
  close(type: string): Blob
}

/** Collects a large file without holding it. Cost: PART_BYTES in this thread's memory. */
export function makeBlobParts(): BlobParts {
  const settled: Blob[] = []
  let loose: Uint8Array<ArrayBuffer>[] = []
  let looseBytes = 0
  const settle = (): void => {
    settled.push(new Blob(loose))
    loose = []
    looseBytes = 0
  }
  return {
    add(bytes) {
      loose.push(bytes)
      looseBytes += bytes.length
      if (looseBytes >= PART_BYTES) settle()
    },
    close(type) {
      settle()
      return new Blob(settled, { type })
    },
  }
}
