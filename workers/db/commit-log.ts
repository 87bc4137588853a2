import type { LogFile } from './store-files.ts'

/**
 * What was acknowledged and is not in the database yet, as records that a restart reads again.
 *
 * A commit of SQLite writes and flushes a handful of pages several times; a record is one write and one flush.
 *
 * Byte by byte, little-endian, each record a multiple of 8 bytes: 0 magic `KLOG`; 4 checksum of all that follows in the
 * record but the bulk; 8 number (double), one more than the record before; 16 length of the payload in bytes (u32); 20
 * length of the bulk (u32), a multiple of 8; 24 the payload, then zeros up to a multiple of 8, then the bulk. The log
 * ends before the first record whose magic, number or checksum is wrong. A bulk is flushed before the rest of its record
 * is written, so that it need not be looked at to know that it is whole.
 */
export interface CommitLog {
  /** What of the file is in use. */
  readonly bytes: number
  /** What a restart would apply again: all but the bulks. */
  readonly payloadBytes: number
  /**
   * Durable when it returns; answers where the bulk begins. Parts of the bulk are multiples of 8 long.
   *
   * Cost: a copy of the payload, one write, one flush; with a bulk one more flush. Errors: throws what the file throws;
   * then nothing is there.
   */
  append(payload: readonly Uint8Array[], bulk?: readonly Uint8Array[]): number
  /** Reads bytes of a bulk. Errors: throws when they are not there. */
  read(into: Uint8Array, at: number): void
  /** Visits the payloads in order, with the places of their bulks, and goes on after the last. Owner: the visitor; aligned to 8 bytes. */
  replay(visit: (payload: Uint8Array<ArrayBuffer>, bulkAt: number) => void): void
  /** Begins anew: everything is in the database. */
  restart(): void
  /** Gives room back to the disk that bulks once took. */
  shrink(): void
}

const MAGIC = 0x474f4c4b
const HEADER_BYTES = 24
const CHECKED_FROM = 8
const FIRST_ROOM = 2 ** 17

/** A file that is there already is written several times as fast as one that grows. */
const KEPT_BYTES = 8 * 2 ** 20

export function openCommitLog(file: LogFile): CommitLog {
  let end = 0
  let payloadBytes = 0
  // Anywhere, so that a record that a log before left behind never follows by its number.
  let lastNumber = Math.floor(Math.random() * 2 ** 50)
  let scratch = new Uint8Array(FIRST_ROOM)

  function withRoom(length: number): Uint8Array<ArrayBuffer> {
    if (scratch.length < length) scratch = new Uint8Array(Math.max(length, scratch.length * 2))
    return scratch.subarray(0, length)
  }

  function readRecord(at: number, expected: number | null): Record | null {
    const header = new Uint8Array(HEADER_BYTES)
    if (file.read(header, at) < HEADER_BYTES) return null
    const view = new DataView(header.buffer)
    const number = view.getFloat64(8, true)
    if (view.getUint32(0, true) !== MAGIC || (expected !== null && number !== expected)) return null
    const length = view.getUint32(16, true)
    const bulkAt = at + recordBytes(length)
    const next = bulkAt + view.getUint32(20, true)
    if (next > file.size()) return null
    const bytes = new Uint8Array(recordBytes(length))
    if (file.read(bytes, at) < bytes.length || checksum(bytes) !== view.getUint32(4, true)) return null
    return { number, payload: bytes.slice(HEADER_BYTES, HEADER_BYTES + length), bulkAt, next }
  }

  return {
    get bytes() {
      return end
    },
    get payloadBytes() {
      return payloadBytes
    },
    append(payload, bulk = []) {
      const length = totalLength(payload)
      const bytes = withRoom(recordBytes(length))
      const bulkAt = end + bytes.length
      let next = bulkAt
      for (const part of bulk) {
        file.write(part, next)
        next += part.length
      }
      if (bulk.length > 0) file.flush()
      const view = new DataView(bytes.buffer)
      view.setUint32(0, MAGIC, true)
      view.setFloat64(8, lastNumber + 1, true)
      view.setUint32(16, length, true)
      view.setUint32(20, next - bulkAt, true)
      let at = HEADER_BYTES
      for (const part of payload) {
        bytes.set(part, at)
        at += part.length
      }
      bytes.fill(0, at)
      view.setUint32(4, checksum(bytes), true)
      file.write(bytes, end)
      file.flush()
      end = next
      payloadBytes += bytes.length
      lastNumber += 1
      return bulkAt
    },
    read(into, at) {
      if (file.read(into, at) < into.length) throw new Error(`The log ends before ${at + into.length}.`)
    },
    replay(visit) {
      end = 0
      payloadBytes = 0
      for (let record = readRecord(0, null); record !== null; record = readRecord(end, record.number + 1)) {
        visit(record.payload, record.bulkAt)
        end = record.next
        payloadBytes += recordBytes(record.payload.length)
        lastNumber = record.number
      }
      // A record whose flush failed may be among them, and is taken for durable from now on.
      if (end > 0) file.flush()
    },
    restart() {
      // What is there would be recognised and dropped, but only for as long as its clients are remembered.
      if (end > 0) file.write(new Uint8Array(CHECKED_FROM), 0)
      end = 0
      payloadBytes = 0
    },
    shrink() {
      const kept = Math.max(end, KEPT_BYTES)
      if (file.size() > kept) file.truncate(kept)
    },
  }
}

interface Record {
  readonly number: number
  readonly payload: Uint8Array<ArrayBuffer>
  readonly bulkAt: number
  readonly next: number
}

function totalLength(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0)
}

function recordBytes(payloadBytes: number): number {
  return HEADER_BYTES + Math.ceil(payloadBytes / 8) * 8
}

/** Tells a record that was written whole from one that was not: FNV over words of 32 bits, turned so that all bits count. */
function checksum(record: Uint8Array<ArrayBuffer>): number {
  const words = new Uint32Array(
    record.buffer,
    record.byteOffset + CHECKED_FROM,
    (record.length - CHECKED_FROM) / 4,
  )
  let hash = 0x811c9dc5
  for (let index = 0; index < words.length; index++) {
    hash = Math.imul(hash ^ (words[index] ?? 0), 0x01000193)
    hash = (hash << 13) | (hash >>> 19)
  }
  return hash >>> 0
}
