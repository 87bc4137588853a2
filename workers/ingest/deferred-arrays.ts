import { arrayBytes } from '../../src/model/array.ts'
import { ARRAY_PART_BYTES } from '../../src/model/log-batch.ts'
import type { ArraySection } from '../../src/model/log-batch.ts'
import { arrivingBlobs, createBlob, writeBlobBytes } from '../db/blobs.ts'
import type { Database } from '../db/database.ts'
import { bulkBytes } from './batch-record.ts'
import { isLarge } from './large-arrays.ts'
import { insertArray } from './write-arrays.ts'

/** A section of arrays; `at` is where its bytes are in the log, null when it has them itself. */
interface Deferred {
  readonly section: ArraySection
  readonly at: number | null
}

/** What is in the log and not in the database yet, and the writing of the first of it. */
interface Waiting {
  readonly sections: Deferred[]
  writing: Iterator<void> | null
}

const waitingOf = new WeakMap<Database, Waiting>()

function waitingIn(database: Database): Waiting {
  const known = waitingOf.get(database)
  if (known !== undefined) return known
  const waiting: Waiting = { sections: [], writing: null }
  waitingOf.set(database, waiting)
  return waiting
}

/** Notes arrays whose bytes lie one section after the other in the bulk at `bulkAt`. */
export function deferArrays(database: Database, arrays: readonly ArraySection[], bulkAt: number): void {
  let at = bulkAt
  for (const section of arrays) {
    waitingIn(database).sections.push({ section, at })
    at += bulkBytes(section)
  }
}

/** Notes arrays that must not be written before those that wait. Cost: a copy. */
export function queueArrays(database: Database, arrays: readonly ArraySection[]): void {
  for (const section of arrays) {
    const copy = Object.assign({}, section, { bytes: section.bytes.slice() })
    waitingIn(database).sections.push({ section: copy, at: null })
  }
}

/**
 * Where arrays that are not worth a bulk go: into the database, or behind those that wait, so that log order is kept.
 * Parts of one array are looked for in the database, so all that waits is written before them.
 */
export function placeOfArrays(database: Database, arrays: readonly ArraySection[]): 'database' | 'queue' {
  if (arrays.length === 0 || !hasDeferredArrays(database)) return 'database'
  if (arrays.every(({ part }) => part === undefined)) return 'queue'
  while (writeSomeArrays(database));
  return 'database'
}

export function hasDeferredArrays(database: Database): boolean {
  return (waitingOf.get(database)?.sections.length ?? 0) > 0
}

/** After a rollback: what was begun is gone, what is in the log will be noted again. */
export function forgetDeferredArrays(database: Database): void {
  waitingOf.delete(database)
}

/** Writes about a megabyte of what waits, inside the open transaction; false when nothing is left. */
export function writeSomeArrays(database: Database): boolean {
  const waiting = waitingOf.get(database)
  const [next] = waiting?.sections ?? []
  if (waiting === undefined || next === undefined) return false
  waiting.writing ??= writeSection(database, next)
  if (waiting.writing.next().done === true) {
    waiting.writing = null
    waiting.sections.shift()
  }
  return waiting.sections.length > 0
}

/** Pauses after about every megabyte. */
function* writeSection({ sql, log }: Database, { section, at }: Deferred): Generator<void, void> {
  const length = arrayBytes(section.dtype, section.shape)
  const read = (offset: number, count: number): Uint8Array => {
    if (at === null) return section.bytes.subarray(offset, offset + count)
    const bytes = new Uint8Array(count)
    log?.read(bytes, at + offset)
    return bytes
  }
  sql.begin()
  if (isLarge(section)) {
    for (let index = 0; index < section.steps.length; index++) {
      const blobId = createBlob(sql, length, null)
      arrivingBlobs(sql).add(blobId)
      for (let offset = 0; offset < length; offset += ARRAY_PART_BYTES) {
        const part = read(index * length + offset, Math.min(ARRAY_PART_BYTES, length - offset))
        writeBlobBytes(sql, blobId, offset, part)
        yield
      }
      insertArray(sql, section, index, { blobId })
      arrivingBlobs(sql).delete(blobId)
    }
    return
  }
  const together = Math.max(1, Math.floor(ARRAY_PART_BYTES / Math.max(1, length)))
  for (let first = 0; first < section.steps.length; first += together) {
    const count = Math.min(together, section.steps.length - first)
    const bytes = read(first * length, count * length)
    for (let index = 0; index < count; index++) {
      const data = bytes.subarray(index * length, (index + 1) * length)
      insertArray(sql, section, first + index, { data })
    }
    yield
  }
}
