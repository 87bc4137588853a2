import { isArtifactPath } from '../../model/artifact.ts'
import type { UnixMs } from '../../model/units.ts'

export interface ZippedFile {
  readonly path: string
  readonly modifiedAt: UnixMs
  readonly blob: Blob
}

/**
 * Packs files into one zip as they come, uncompressed: weights hardly shrink, and are stored as they are here.
 *
 * A path that leads out of the folder it is unpacked into never gets in. Cost: a chunk in memory; the browser keeps the
 * rest. Errors: rejects with what `files` throws, or with the reason of `signal`.
 */
export async function zipFiles(
  files: AsyncIterable<ZippedFile>,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<Blob> {
  const { makeZip } = await import('client-zip')
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      onBytes(chunk.length)
      controller.enqueue(chunk)
    },
  })
  const stream = makeZip(toEntries(files)) as ReadableStream<Uint8Array<ArrayBuffer>>
  return new Response(stream.pipeThrough(counted, { signal }), {
    headers: { 'content-type': 'application/zip' },
  }).blob()
}

async function* toEntries(files: AsyncIterable<ZippedFile>) {
  for await (const { path, modifiedAt, blob } of files) {
    if (isArtifactPath(path)) yield { name: path, input: blob, lastModified: new Date(modifiedAt) }
  }
}
