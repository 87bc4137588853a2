import { expect } from 'vitest'

const END_BYTES = 22

/** The stored entries of a zip by their paths, by its directory. Source: APPNOTE.TXT of PKWARE, 4.3.7, 4.3.12 and 4.3.16. */
export async function unzip(file: Blob): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const view = new DataView(bytes.buffer)
  const end = bytes.length - END_BYTES
  expect(view.getUint32(end, true)).toBe(0x06_05_4b_50)
  const entries = new Map<string, Uint8Array<ArrayBuffer>>()
  let at = view.getUint32(end + 16, true)
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    expect([view.getUint32(at, true), view.getUint16(at + 10, true)]).toEqual([0x02_01_4b_50, 0])
    const [size, nameLength] = [view.getUint32(at + 20, true), view.getUint16(at + 28, true)]
    const local = view.getUint32(at + 42, true)
    const data = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
    const name = textOf(bytes.subarray(at + 46, at + 46 + nameLength))
    expect(entries).not.toContain(name)
    entries.set(name, bytes.slice(data, data + size))
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

export function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
}
