import { expect, it } from 'vitest'
import { zipFiles, type ZippedFile } from './zip-files.ts'

async function* filesOf(contents: Readonly<Record<string, string>>): AsyncGenerator<ZippedFile> {
  for (const [path, text] of Object.entries(contents))
    yield { path, modifiedAt: 1_760_000_000_000, blob: new Blob([text]) }
}

async function* broken(): AsyncGenerator<ZippedFile> {
  yield { path: 'one', modifiedAt: 0, blob: new Blob(['x']) }
  throw new Error('gone')
}

const LOCAL = 0x04_03_4b_50
const CENTRAL = 0x02_01_4b_50

/** Names and contents of a zip of stored files, by its central directory. */
async function unzip(zip: Blob): Promise<Readonly<Record<string, string>>> {
  const bytes = new Uint8Array(await zip.arrayBuffer())
  const view = new DataView(bytes.buffer)
  const text = (from: number, length: number) => new TextDecoder().decode(bytes.subarray(from, from + length))
  const found: Record<string, string> = {}
  for (let at = 0; at + 46 < bytes.length; at += 1) {
    if (view.getUint32(at, true) !== CENTRAL) continue
    const local = view.getUint32(at + 42, true)
    expect(view.getUint32(local, true)).toBe(LOCAL)
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
    found[text(at + 46, view.getUint16(at + 28, true))] = text(from, view.getUint32(at + 24, true))
  }
  return found
}

it('packs files under their paths and counts what it writes', async () => {
  let written = 0
  const contents = { 'model.json': '{}', 'deep/weights ü.bin': 'x'.repeat(5_000), empty: '' }
  const zip = await zipFiles(filesOf(contents), new AbortController().signal, (bytes) => {
    written += bytes
  })
  expect(await unzip(zip)).toEqual(contents)
  expect(written).toBe(zip.size)
})

it('leaves out paths that lead out of a folder', async () => {
  const zip = await zipFiles(
    filesOf({ '../evil': 'a', '/etc/passwd': 'b', 'c:\\x': 'c', 'a/../../b': 'd', fine: 'e' }),
    new AbortController().signal,
    () => undefined,
  )
  expect(await unzip(zip)).toEqual({ fine: 'e' })
})

it('ends when it is cancelled, and with what a file throws', async () => {
  const cancelled = new AbortController()
  async function* endless(): AsyncGenerator<ZippedFile> {
    for (let index = 0; ; index += 1) {
      if (index === 3) cancelled.abort(new Error('enough'))
      yield { path: `file ${index}`, modifiedAt: 0, blob: new Blob(['x']) }
    }
  }
  await expect(zipFiles(endless(), cancelled.signal, () => undefined)).rejects.toThrow('enough')
  await expect(zipFiles(broken(), new AbortController().signal, () => undefined)).rejects.toThrow('gone')
})
