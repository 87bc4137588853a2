import type { LogFile } from './store-files.ts'

/**
 * What was acknowledged and is not in the database yet, as records that a restart reads again.
 *
 * A commit of SQLite writes and flushes a handful of pages several times; a record is one write and one flush.
 *
 * Byte by byte, little-endian, each record a multiple of 8 bytes: 0 magic `KLOG`; 4 checksum of all that follows in the
 * record; 8 number (double), one more than the record before; 16 length of the payload in bytes (u32); 20 zero; 24 the
 * payload, then zeros. The log ends before the first record whose magic, number or checksum is wrong.
 */
export interface CommitLog {
  /** What a restart would read again. */
  readonly bytes: number
  /** Durable when it returns. Cost: one copy, one write, one flush. Errors: throws what the file throws; then nothing is there. */
  append(payload: readonly Uint8Array[]): void
  /** Visits the payloads in order and goes on after the last. Owner: the visitor; aligned to 8 bytes. */
  replay(visit: (payload: Uint8Array<ArrayBuffer>) => void): void
  /** Begins anew: everything is in the database. */
  restart(): void
}

const MAGIC = 0x474f4c4b
const HEADER_BYTES = 24
const CHECKED_FROM = 8
const FIRST_ROOM = 2 ** 17

export function openCommitLog(file: LogFile): CommitLog {
  let end = 0
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
    if (at + recordBytes(length) > file.size()) return null
    const bytes = new Uint8Array(recordBytes(length))
    if (file.read(bytes, at) < bytes.length || checksum(bytes) !== view.getUint32(4, true)) return null
    return { number, payload: bytes.slice(HEADER_BYTES, HEADER_BYTES + length), next: at + bytes.length }
  }

  return {
    get bytes() {
      return end
    },
    append(payload) {
      const length = payload.reduce((sum, part) => sum + part.length, 0)
      const bytes = withRoom(recordBytes(length))
      const view = new DataView(bytes.buffer)
      view.setUint32(0, MAGIC, true)
      view.setFloat64(8, lastNumber + 1, true)
      view.setUint32(16, length, true)
      view.setUint32(20, 0, true)
      let at = HEADER_BYTES
      for (const part of payload) {
        bytes.set(part, at)
        at += part.length
      }
      bytes.fill(0, at)
      view.setUint32(4, checksum(bytes), true)
      file.write(bytes, end)
      file.flush()
      end += bytes.length
      lastNumber += 1
    },
    replay(visit) {
      end = 0
      for (let record = readRecord(0, null); record !== null; record = readRecord(end, record.number + 1)) {
        visit(record.payload)
        end = record.next
        lastNumber = record.number
      }
      // A record whose flush failed may be among them, and is taken for durable from now on.
      if (end > 0) file.flush()
    },
    restart() {
      // What is there would be recognised and dropped, but only for as long as its clients are remembered.
      if (end > 0) file.write(new Uint8Array(CHECKED_FROM), 0)
      end = 0
    },
  }
}

interface Record {
  readonly number: number
  readonly payload: Uint8Array<ArrayBuffer>
  readonly next: number
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
