import { createSHA256 } from 'hash-wasm'
import { makeRandom } from '../../workers/store-suite/fixture.ts'
import { createRawFile } from './store-bench/raw-file.ts'

const SLICE_BYTES = 8 * 2 ** 20

type Order =
  | { readonly type: 'source'; readonly name: string; readonly bytes: number; readonly seed: number }
  | { readonly type: 'raw'; readonly bytes: number }
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
      return writeRaw(order.bytes)
    case 'digest':
      return digest(order.source)
  }
}

/** No slice is like another, nor like one of another seed. */
async function makeSource(name: string, bytes: number, seed: number): Promise<File> {
  const directory = await navigator.storage.getDirectory()
  const handle = await directory.getFileHandle(name, { create: true })
  const writable = await handle.createWritable()
  const random = makeRandom(seed)
  const slice = Uint32Array.from({ length: SLICE_BYTES / 4 }, () => random() * 2 ** 32)
  for (let at = 0; at < bytes; at += SLICE_BYTES) {
    slice[0] = at
    slice[1] = seed
    await writable.write(slice.subarray(0, Math.min(SLICE_BYTES, bytes - at) / 4))
  }
  await writable.close()
  return handle.getFile()
}

/** From memory: nothing is read. Answers the milliseconds until all is flushed. */
async function writeRaw(bytes: number): Promise<number> {
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

async function digest(source: File): Promise<string> {
  const hash = await createSHA256()
  hash.init()
  for (let at = 0; at < source.size; at += SLICE_BYTES)
    hash.update(new Uint8Array(await source.slice(at, at + SLICE_BYTES).arrayBuffer()))
  return hash.digest()
}
