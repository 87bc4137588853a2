import { makeZip } from 'client-zip'
import { makeBlobParts } from '../jobs/blob-parts.ts'
import type { FileEntry, Files } from './file-entries.ts'

/**
 * Writes files as a zip of stored entries, one after the other. Source: APPNOTE.TXT of PKWARE.
 *
 * Errors: throws what an entry throws, and `Cancelled` with it.
 * Cost: a few parts of the file in memory.
 */
export async function writeZip(files: Files, mime: string): Promise<Blob> {
  const parts = makeBlobParts()
  const reader = makeZip(withTime(files)).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return parts.close(mime)
    // Owner: whoever made it may write into it again.
    parts.add(value.slice())
  }
}

async function* withTime(files: Files): AsyncGenerator<FileEntry & { readonly lastModified: Date }> {
  const lastModified = new Date()
  for await (const entry of files) yield { ...entry, lastModified }
}
