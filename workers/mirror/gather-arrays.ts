import { REAL_OR_NULL } from '../../src/model/column.ts'
import type { ArraySection } from '../../src/model/log-batch.ts'
import { createId, type RunId } from '../../src/model/units.ts'
import { withoutZero } from '../../src/model/without-zero.ts'
import type { Database } from '../db/database.ts'
import { PART_BYTES, readSection } from '../formats/array-parts.ts'
import type { ArraySource } from '../formats/contents.ts'
import { toArraySource } from '../formats/database-contents.ts'
import { listArrays, summariseArrays, type ListedArray } from '../read/arrays.ts'
import type { ArrayCursor, Cursor } from './cursor.ts'
import type { Draft } from './draft.ts'

/** Bounds a message of arrays that hold nothing. */
const MAX_ARRAYS = 5_000

/** False when some did not fit any more. */
export function gatherArrays(database: Database, runId: RunId, cursor: Cursor, draft: Draft): boolean {
  for (const { key, count } of summariseArrays(database, runId)) {
    const reached = cursor.arrays.get(withoutZero(key)) ?? { count: 0 }
    if (reached.count >= count) continue
    for (const [ordinal, array] of arraysAfter(database, runId, key, reached)) {
      if (draft.arrayBytes >= PART_BYTES || draft.arrays.length >= MAX_ARRAYS) return false
      const source = toArraySource(database, runId, key, array)
      if (source.length > PART_BYTES) {
        addPart(source, array.id, cursor, draft, ordinal)
        return false
      }
      add(draft, readSection(source, 0, source.length), ordinal)
      draft.steps.push(() => cursor.arrays.set(withoutZero(key), { count: ordinal + 1, lastId: array.id }))
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
function addPart(source: ArraySource, arrayId: number, cursor: Cursor, draft: Draft, ordinal: number): void {
  const part = cursor.upload?.arrayId === arrayId ? cursor.upload : { arrayId, id: createId(), offset: 0 }
  const { id, offset } = part
  const end = Math.min(offset + PART_BYTES, source.length)
  add(draft, { ...readSection(source, offset, end - offset), part: { id, offset } }, ordinal)
  draft.steps.push(() => {
    cursor.upload = end < source.length ? { ...part, offset: end } : undefined
    if (end === source.length)
      cursor.arrays.set(withoutZero(source.key), { count: ordinal + 1, lastId: arrayId })
  })
}

function add(draft: Draft, section: ArraySection, from: number): void {
  draft.arrays.push(section)
  draft.arraysFrom.push(from)
  draft.arrayBytes += section.bytes.length
}
