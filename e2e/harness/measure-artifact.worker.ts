import { DIGEST_PART_BYTES, PLAIN_DIGEST_BYTES } from '../../src/model/artifact.ts'
import { openSlices, SLICE_BYTES } from '../../workers/artifacts/read-blob.ts'
import { createRandom } from '../../src/model/seeded-random.ts'
import { createRawFile } from './store-bench/raw-file.ts'

type Order =
  | { readonly type: 'source'; readonly name: string; readonly bytes: number; readonly seed: number }
  | { readonly type: 'raw'; readonly source: File }
  | { readonly type: 'memory'; readonly bytes: number }
  | { readonly type: 'digest'; readonly source: File }

self.addEventListener('message', async ({ data }: MessageEvent<Order>) => {
  try {
    self.postMessage({ answer: await obey(data) })
  } catch (thrown) {
    self.postMessage({ failure: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) })
  }
})

function obey(order: Order): Promise<unknown> {
  switch (order.type) {
    case 'source':
      return makeSource(order.name, order.bytes, order.seed)
    case 'raw':
      return copyRaw(order.source)
    case 'memory':
      return writeMemory(order.bytes)
    case 'digest':
      return digest(order.source)
  }
}

/** No slice is like another, nor like one of another seed. */
async function makeSource(name: string, bytes: number, seed: number): Promise<File> {
  const directory = await navigator.storage.getDirectory()
  const handle = await directory.getFileHandle(name, { create: true })
  const writable = await handle.createWritable()
  const random = createRandom(seed)
  const slice = Uint32Array.from({ length: SLICE_BYTES / 4 }, () => random() * 2 ** 32)
  for (let at = 0; at < bytes; at += SLICE_BYTES) {
    slice[0] = at
    slice[1] = seed
    await writable.write(slice.subarray(0, Math.min(SLICE_BYTES, bytes - at) / 4))
  }
  await writable.close()
  return handle.getFile()
}

/** The same bytes with nothing around: a slice is read while the one before is written. Answers the milliseconds until all is flushed. */
async function copyRaw(source: File): Promise<number> {
  const file = await createRawFile('raw')
  const reader = openSlices(source)
  const start = performance.now()
  let spare = new ArrayBuffer(SLICE_BYTES)
  let next = reader.next(new ArrayBuffer(SLICE_BYTES))
  for (let bytes = await next; bytes.length > 0; bytes = await next) {
    next = reader.next(spare)
    file.write(bytes)
    spare = bytes.buffer
  }
  file.flush()
  const elapsed = performance.now() - start
  await file.remove()
  return elapsed
}

/** As many from memory: nothing is read. Answers the same. */
async function writeMemory(bytes: number): Promise<number> {
  const file = await createRawFile('raw')
  const slice = crypto.getRandomValues(new Uint32Array(16_384))
  const part = new Uint8Array(SLICE_BYTES)
  for (let at = 0; at < SLICE_BYTES; at += slice.byteLength) part.set(new Uint8Array(slice.buffer), at)
  const start = performance.now()
  for (let at = 0; at < bytes; at += SLICE_BYTES)
    file.write(part.subarray(0, Math.min(SLICE_BYTES, bytes - at)))
  file.flush()
  const elapsed = performance.now() - start
  await file.remove()
  return elapsed
}

/** As it is stored: of the digests of all parts. */
async function digest(source: File): Promise<string> {
  if (source.size <= PLAIN_DIGEST_BYTES) throw new Error('a small file has another digest')
  const digests: ArrayBuffer[] = []
  for (let at = 0; at < source.size; at += DIGEST_PART_BYTES)
    digests.push(await sha256(await source.slice(at, at + DIGEST_PART_BYTES).arrayBuffer()))
  const whole = await sha256(await new Blob(digests).arrayBuffer())
  return Array.from(new Uint8Array(whole), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

const sha256 = (bytes: ArrayBuffer): Promise<ArrayBuffer> => crypto.subtle.digest('SHA-256', bytes)
