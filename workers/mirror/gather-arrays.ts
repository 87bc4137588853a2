import { REAL_OR_NULL } from '../../src/model/column.ts'
import { ARRAY_PART_BYTES, type ArraySection } from '../../src/model/log-batch.ts'
import { createId, type RunId } from '../../src/model/units.ts'
import type { Database } from '../db/database.ts'
import { listArrays, readArrayBytes, summariseArrays, type ListedArray } from '../read/arrays.ts'
import type { ArrayCursor, Cursor } from './cursor.ts'
import type { Draft } from './draft.ts'

/** Bytes of one message; an array that is larger comes in as many parts. */
const MESSAGE_BYTES = 8 * ARRAY_PART_BYTES

/** Bounds a message of arrays that hold nothing. */
const MAX_ARRAYS = 5_000

/** False when some did not fit any more. */
export function gatherArrays(database: Database, runId: RunId, cursor: Cursor, draft: Draft): boolean {
  for (const { key, count } of summariseArrays(database, runId)) {
    const reached = cursor.arrays.get(key) ?? { count: 0 }
    if (reached.count >= count) continue
    for (const [ordinal, array] of arraysAfter(database, runId, key, reached)) {
      if (draft.arrayBytes >= MESSAGE_BYTES || draft.arrays.length >= MAX_ARRAYS) return false
      if (array.bytes > MESSAGE_BYTES) {
        addPart(database, runId, key, cursor, draft, ordinal, array)
        return false
      }
      add(draft, describe(runId, key, array), ordinal, readBytes(database, array, 0, array.bytes))
      draft.steps.push(() => cursor.arrays.set(key, { count: ordinal + 1, lastId: array.id }))
    }
  }
  return true
}

/** Those behind one that still arrives wait for it: the order there is that in which they were begun here. */
const ARRIVING = 'select min(id) from arrays where run_id = ? and key = ? and upload is not null'

/** With their ordinals. */
function* arraysAfter(
  database: Database,
  runId: string,
  key: string,
  { count, lastId }: ArrayCursor,
): Generator<readonly [number, ListedArray]> {
  const arriving = database.sql.value(ARRIVING, [runId, key], REAL_OR_NULL) ?? Infinity
  let ordinal = lastId === undefined ? 0 : count
  for (const array of listArrays(database, runId, key, lastId)) {
    if (array.id > arriving) return
    if (ordinal >= count) yield [ordinal, array]
    ordinal += 1
  }
}

/** The next part of an array that arrives in several, with each message one; a message holds at most one. */
function addPart(
  database: Database,
  runId: string,
  key: string,
  cursor: Cursor,
  draft: Draft,
  ordinal: number,
  array: ListedArray,
): void {
  const part =
    cursor.upload?.arrayId === array.id ? cursor.upload : { arrayId: array.id, id: createId(), offset: 0 }
  const bytes = readBytes(database, array, part.offset, Math.min(MESSAGE_BYTES, array.bytes - part.offset))
  const section = { ...describe(runId, key, array), part: { id: part.id, offset: part.offset } }
  add(draft, section, ordinal, bytes)
  const end = part.offset + bytes.length
  draft.steps.push(() => {
    cursor.upload = end < array.bytes ? { ...part, offset: end } : undefined
    if (end === array.bytes) cursor.arrays.set(key, { count: ordinal + 1, lastId: array.id })
  })
}

function add(draft: Draft, section: Omit<ArraySection, 'bytes'>, from: number, bytes: Uint8Array): void {
  draft.arrays.push({ ...section, bytes })
  draft.arraysFrom.push(from)
  draft.arrayBytes += bytes.length
}

function describe(
  runId: string,
  key: string,
  { dtype, shape, media, step, time }: ListedArray,
): Omit<ArraySection, 'bytes'> {
  const said = { runId, key, dtype, shape, steps: Float64Array.of(step), times: Float64Array.of(time) }
  return media === null ? said : { ...said, media }
}

/** Owner: the caller. */
function readBytes(database: Database, { id }: ListedArray, from: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length;) {
    const request = { database: database.id, id, offset: from + at, length: length - at }
    const part = readArrayBytes(database, request)
    if (part === undefined || part.length === 0) throw new Error(`Array ${id} ends early.`)
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
