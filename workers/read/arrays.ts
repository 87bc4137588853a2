import { TABLES } from '../../src/protocol/public-schema.ts'
import { BYTES, INTEGER, NUMBER, STEP, TEXT, selectList, type RowOf } from '../../src/model/column.ts'
import { isArrayDtype, isArrayShape } from '../../src/model/array.ts'
import type { ArrayDtype, ArrayShape } from '../../src/model/array.ts'
import { parseJson } from '../../src/model/json.ts'
import { isMediaKind, type MediaKind, type MediaNote } from '../../src/model/media.ts'
import type { RunId } from '../../src/model/units.ts'
import { MAX_ARRAY_READ_BYTES, MAX_ARRAYS_READ } from '../../src/protocol/media-api.ts'
import type {
  ArrayBytesRequest,
  ArrayColumns,
  ArrayRequest,
  ArraysRequest,
  ArrayStart,
  MediaColumns,
  MediaRequest,
} from '../../src/protocol/media-api.ts'
import type { ArraySummary } from '../../src/protocol/runs-api.ts'
import { readBlobBytes } from '../db/blobs.ts'
import type { Database } from '../db/database.ts'
import type { Sql } from '../db/sql.ts'

/** Arrays that have arrived whole, of runs that are not removed. */
const VISIBLE = `from arrays a join runs r on r.id = a.run_id and r.removed_at is null where a.upload is null`

const { id, step, time, dtype, shape, bytes, kind, meta, blobId } = TABLES.arrays
const PLACE_ROW = { id, step, time, bytes } as const
const START_ROW = { dtype, shape, kind, meta } as const
const FULL_ROW = { ...PLACE_ROW, ...START_ROW } as const
const OF_KEY = `${VISIBLE} and a.run_id = ? and a.key = ?`
const READ_ARRAYS = `select ${selectList(PLACE_ROW, 'a')} ${OF_KEY} order by a.id limit ? offset ?`
const COUNT_ARRAYS = `select count(*) ${OF_KEY}`
const READ_ARRAY = `select ${selectList(START_ROW, 'a')} ${VISIBLE} and a.id = ?`
const LIST_ARRAYS = `select ${selectList(FULL_ROW, 'a')} ${OF_KEY} and a.id > ? order by a.id limit ${MAX_ARRAYS_READ}`

/** Arrays under one key of a run, in log order: which they are, without what they are. */
export function readArrays({ sql }: Database, { runId, key, from, limit }: ArraysRequest): ArrayColumns {
  const most = Math.min(MAX_ARRAYS_READ, Math.max(0, limit))
  const rows = sql.all(READ_ARRAYS, [runId, key, most, Math.max(0, from)], PLACE_ROW)
  return {
    total: sql.value(COUNT_ARRAYS, [runId, key], NUMBER) ?? 0,
    id: Float64Array.from(rows, (row) => row.id),
    step: Float64Array.from(rows, (row) => row.step),
    time: Float64Array.from(rows, (row) => row.time),
    bytes: Float64Array.from(rows, (row) => row.bytes),
  }
}

/** What an array is, and its first bytes; undefined when there is no such array. */
export function readArray(database: Database, { id: arrayId }: ArrayRequest): ArrayStart | undefined {
  const row = database.sql.first(READ_ARRAY, [arrayId], START_ROW)
  if (row === undefined) return undefined
  const part = { database: database.id, id: arrayId, offset: 0, length: MAX_ARRAY_READ_BYTES }
  return { ...parseStart(row), start: readArrayBytes(database, part) ?? new Uint8Array(0) }
}

/** An array, all but its bytes. */
export interface ListedArray extends Omit<ArrayStart, 'start'> {
  readonly id: number
  readonly step: number
  readonly time: number
  readonly bytes: number
}

/** All arrays under one key of a run, in log order: those after that id, where one is given. */
export function* listArrays(
  { sql }: Database,
  runId: RunId,
  key: string,
  afterId = Number.MIN_SAFE_INTEGER,
): Generator<ListedArray> {
  let lastId = afterId
  for (;;) {
    const rows = sql.all(LIST_ARRAYS, [runId, key, lastId], FULL_ROW)
    for (const row of rows) {
      lastId = row.id
      yield { id: row.id, step: row.step, time: row.time, bytes: row.bytes, ...parseStart(row) }
    }
    if (rows.length < MAX_ARRAYS_READ) return
  }
}

function parseStart(row: RowOf<typeof START_ROW>): Omit<ArrayStart, 'start'> {
  return {
    dtype: parseDtype(row.dtype),
    shape: parseShape(row.shape),
    media: parseMedia(row.kind, row.meta),
  }
}

/** What an array shows; null for a plain one, and for one of a kind this Kymo does not know. */
export function parseMedia(kind: string | null, meta: string | null): MediaNote | null {
  return isMediaKind(kind) ? { kind, meta: meta ?? '{}' } : null
}

/** A dtype this Kymo does not know is shown as the bytes it is. */
export function parseDtype(text: string): ArrayDtype {
  return isArrayDtype(text) ? text : 'uint8'
}

export function parseShape(text: string): ArrayShape {
  const shape = parseJson(text)
  return isArrayShape(shape) ? shape : []
}

/**
 * Bytes of an array from `offset` on; undefined when there is no such array.
 *
 * Shape: at least one byte unless the array ends there, at most `length`, often fewer: to the end of a part.
 */
export function readArrayBytes(
  { sql }: Database,
  { id, offset, length }: ArrayBytesRequest,
): Uint8Array<ArrayBuffer> | undefined {
  const kept = findArray(sql, id)
  if (kept === undefined) return undefined
  const end = Math.min(kept.bytes, offset + Math.min(length, MAX_ARRAY_READ_BYTES))
  if (offset >= end) return new Uint8Array(0)
  const bytes =
    kept.blobId === null ? readRowBytes(sql, id).subarray(offset) : readBlobBytes(sql, kept.blobId, offset)
  return bytes.slice(0, end - offset)
}

function findArray(
  sql: Sql,
  id: number,
): { readonly bytes: number; readonly blobId: number | null } | undefined {
  return sql.first(`select a.bytes, a.blob_id ${VISIBLE} and a.id = ?`, [id], { bytes, blobId })
}

function readRowBytes(sql: Sql, id: number): Uint8Array<ArrayBuffer> {
  const bytes = sql.value('select data from arrays where id = ?', [id], BYTES)
  if (bytes === undefined) throw new Error(`Array ${id} is gone.`)
  return bytes
}

const SUMMARY = { key: TEXT, count: INTEGER, bytes, dtype, shape, kind } as const
const SUMMARISE = `select key, count(*) as count, sum(bytes) as bytes, dtype, shape, kind, max(id) from arrays
  where run_id = ? and upload is null group by key order by key`

/** What arrays a run logged; `dtype` and `shape` are those of the latest. */
export function summariseArrays({ sql }: Database, runId: RunId): readonly ArraySummary[] {
  return sql.map(SUMMARISE, [runId], SUMMARY, (row) => ({
    ...row,
    dtype: parseDtype(row.dtype),
    shape: parseShape(row.shape),
    kind: parseKind(row.kind),
  }))
}

const MEDIA_ROW = {
  runId: TEXT,
  key: TEXT,
  kind,
  count: INTEGER,
  minStep: STEP,
  maxStep: STEP,
  bytes,
} as const
const READ_MEDIA = `select a.run_id, a.key, a.kind, count(*) as count, min(a.step) as min_step, max(a.step) as max_step,
  sum(a.bytes) as bytes, max(a.id)
  from arrays a join runs r on r.id = a.run_id and r.removed_at is null
  where r.experiment_id = ?1 and (?2 is null or a.run_id in (select value from json_each(?2)))
  and a.kind is not null and a.upload is null group by a.run_id, a.key order by a.key, r.started_at, r.rowid`

/** Which arrays that show something were logged, of which runs. Cost: reads the index of all of them. */
export function readMedia({ sql }: Database, { experimentId, runIds }: MediaRequest): MediaColumns {
  const listed = runIds === null ? null : JSON.stringify(runIds)
  const rows = sql.all(READ_MEDIA, [experimentId, listed], MEDIA_ROW).flatMap((row) => {
    const known = parseKind(row.kind)
    return known === null ? [] : [{ ...row, kind: known }]
  })
  return {
    runId: rows.map((row) => row.runId),
    key: rows.map((row) => row.key),
    kind: rows.map((row) => row.kind),
    count: Float64Array.from(rows, (row) => row.count),
    minStep: Float64Array.from(rows, (row) => row.minStep),
    maxStep: Float64Array.from(rows, (row) => row.maxStep),
    bytes: Float64Array.from(rows, (row) => row.bytes),
  }
}

function parseKind(kind: string | null): MediaKind | null {
  return isMediaKind(kind) ? kind : null
}
