import { rawFileOf } from '../../db/raw-file.ts'
import type { RawFile } from '../../db/raw-file.ts'
import type { Sql } from '../../db/sql.ts'

/** Of every database of ours. */
const PAGE_BYTES = 32_768

/** Source for all below: sqlite.org/fileformat2.html, 1.6 (b-tree pages) and 2.1 (records). */
const TABLE_LEAF = 0x0d
const CELL_COUNT_OFFSET = 3
const FIRST_CELL_POINTER_OFFSET = 8
const MAX_LOCAL = PAGE_BYTES - 35
const MIN_LOCAL = Math.floor(((PAGE_BYTES - 12) * 32) / 255) - 23
const OVERFLOW_BYTES = PAGE_BYTES - 4
const SERIAL_NULL = 0
const FIRST_BLOB_SERIAL = 12

/** The columns of a chunk as bytes: steps, times, values. */
export type ChunkBlobs = readonly [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>]

/** Where the rows of a table lie whose upper pages are lost: found by looking at every page of the file. */
export interface LeafRows {
  /** The rows of `chunk_columns` of this id, stale ones among them. */
  find(id: number): Generator<ChunkBlobs>
}

/** Cost: reads every page of the file once. */
export function findChunkRows(sql: Sql): LeafRows {
  const file = rawFileOf(sql)
  const places = new Map<number, { readonly page: number; readonly offset: number }[]>()
  const pages = Math.ceil(file.size / PAGE_BYTES)
  for (let page = 2; page <= pages; page++) {
    const bytes = readPage(file, page)
    if (bytes[0] !== TABLE_LEAF) continue
    const view = new DataView(bytes.buffer)
    const cells = view.getUint16(CELL_COUNT_OFFSET)
    for (let cell = 0; cell < cells; cell++) {
      const pointer = FIRST_CELL_POINTER_OFFSET + cell * 2
      if (pointer + 2 > PAGE_BYTES) break
      const offset = view.getUint16(pointer)
      const [, rowid, start] = readHead(bytes, offset)
      if (serialTypes(bytes, start) === null) continue
      const known = places.get(rowid)
      if (known === undefined) places.set(rowid, [{ page, offset }])
      else known.push({ page, offset })
    }
  }
  return {
    *find(id) {
      for (const { page, offset } of places.get(id) ?? []) {
        const blobs = readRow(file, readPage(file, page), offset)
        if (blobs !== null) yield blobs
      }
    },
  }
}

function readPage(file: RawFile, page: number): Uint8Array<ArrayBuffer> {
  return file.read((page - 1) * PAGE_BYTES, PAGE_BYTES)
}

/** A varint and where it ends. Numbers beyond what a double holds are of no row of ours. */
function readVarint(bytes: Uint8Array, at: number): [number, number] {
  let value = 0
  for (let index = 0; index < 8; index++) {
    const byte = bytes[at + index] ?? 0
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) return [value, at + index + 1]
  }
  return [value * 256 + (bytes[at + 8] ?? 0), at + 9]
}

/** Length of the payload, rowid, where the payload begins. */
function readHead(bytes: Uint8Array, offset: number): [number, number, number] {
  const [length, afterLength] = readVarint(bytes, offset)
  const [rowid, start] = readVarint(bytes, afterLength)
  return [length, rowid, start]
}

/** Where the blobs of a row of `chunk_columns` begin in its payload, and how long they are; null for any other row. */
function serialTypes(
  bytes: Uint8Array,
  start: number,
): { readonly body: number; readonly lengths: number[] } | null {
  const [headerBytes, first] = readVarint(bytes, start)
  const types: number[] = []
  let at = first
  while (at < start + headerBytes && types.length <= 4) {
    const [type, next] = readVarint(bytes, at)
    types.push(type)
    at = next
  }
  const [id, ...blobs] = types
  if (id !== SERIAL_NULL || blobs.length !== 3 || at !== start + headerBytes) return null
  if (blobs.some((type) => type < FIRST_BLOB_SERIAL || type % 2 !== 0)) return null
  return { body: headerBytes, lengths: blobs.map((type) => (type - FIRST_BLOB_SERIAL) / 2) }
}

function readRow(file: RawFile, page: Uint8Array<ArrayBuffer>, offset: number): ChunkBlobs | null {
  const [length, , start] = readHead(page, offset)
  const shape = serialTypes(page, start)
  if (shape === null || length > file.size) return null
  const { body, lengths } = shape
  if (body + lengths.reduce((sum, each) => sum + each, 0) !== length) return null
  const payload = new Uint8Array(length)
  let at = localBytes(length)
  payload.set(page.subarray(start, start + at))
  if (at < length) {
    let next = new DataView(page.buffer).getUint32(start + at)
    while (at < length) {
      if (next < 2 || next * PAGE_BYTES > file.size + PAGE_BYTES) return null
      const overflow = readPage(file, next)
      payload.set(overflow.subarray(4, 4 + Math.min(OVERFLOW_BYTES, length - at)), at)
      at += OVERFLOW_BYTES
      next = new DataView(overflow.buffer).getUint32(0)
    }
  }
  const [steps = 0, times = 0, values = 0] = lengths
  return [
    payload.slice(body, body + steps),
    payload.slice(body + steps, body + steps + times),
    payload.slice(body + steps + times, body + steps + times + values),
  ]
}

/** How much of a payload lies in the page of its row. */
function localBytes(length: number): number {
  if (length <= MAX_LOCAL) return length
  const wanted = MIN_LOCAL + ((length - MIN_LOCAL) % OVERFLOW_BYTES)
  return wanted <= MAX_LOCAL ? wanted : MIN_LOCAL
}
