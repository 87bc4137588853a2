import { makeBlobParts } from '../jobs/blob-parts.ts'

/** Collects a large text without holding it. */
export function makeTextParts(): { add(text: string): void; close(type: string): Blob } {
  const parts = makeBlobParts()
  const encoder = new TextEncoder()
  return {
    add: (text) => parts.add(encoder.encode(text)),
    close: parts.close,
  }
}
