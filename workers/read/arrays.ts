import { isArrayDtype, isArrayShape } from '../../src/model/array.ts'
import type { ArrayDtype, ArrayShape } from '../../src/model/array.ts'
import { parseJson } from '../../src/model/json.ts'
import { isMediaKind, type MediaKind, type MediaNote } from '../../src/model/media.ts'
import type { RunId } from '../../src/model/units.ts'
import { MAX_ARRAY_READ_BYTES, MAX_ARRAYS_READ } from '../../src/protocol/media-api.ts'
import type {
  ArrayBytesRequest,
  ArrayColumns,
  ArraysRequest,
  MediaColumns,
  MediaRequest,
} from '../../src/protocol/media-api.ts'
import type { ArraySummary } from '../../src/protocol/runs-api.ts'
import { readBlobBytes } from '../db/blobs.ts'
import type { Database } from '../db/database.ts'
import type { Sql } from '../db/sql.ts'

/** Arrays that have arrived whole, of runs that are not removed. */
const VISIBLE = `from arrays a join runs r on r.id = a.run_id and r.removed_at is null where a.upload is null`

const READ_ARRAYS = `select a.id, a.step, a.time, a.dtype, a.shape, a.bytes, a.kind, a.meta ${VISIBLE}
  and a.run_id = ? and a.key = ? order by a.id limit ? offset ?`
const COUNT_ARRAYS = `select count(*) ${VISIBLE} and a.run_id = ? and a.key = ?`

/** Arrays under one key of a run, in log order, without their bytes. */
export function readArrays({ sql }: Database, { runId, key, from, limit }: ArraysRequest): ArrayColumns {
  const most = Math.min(MAX_ARRAYS_READ, Math.max(0, limit))
  const rows = sql.all(READ_ARRAYS, [runId, key, most, Math.max(0, from)], (row) => ({
    id: row.number(0),
    step: row.number(1),
    time: row.number(2),
    dtype: parseDtype(row.text(3)),
    shape: parseShape(row.text(4)),
    bytes: row.number(5),
    media: parseMedia(row.textOrNull(6), row.textOrNull(7)),
  }))
  return {
    total: sql.first(COUNT_ARRAYS, [runId, key], (row) => row.number(0)) ?? 0,
    id: Float64Array.from(rows, (row) => row.id),
    step: Float64Array.from(rows, (row) => row.step),
    time: Float64Array.from(rows, (row) => row.time),
    dtype: rows.map((row) => row.dtype),
    shape: rows.map((row) => row.shape),
    bytes: Float64Array.from(rows, (row) => row.bytes),
    media: rows.map((row) => row.media),
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
  return sql.first(`select a.bytes, a.blob_id ${VISIBLE} and a.id = ?`, [id], (row) => ({
    bytes: row.number(0),
    blobId: row.numberOrNull(1),
  }))
}

function readRowBytes(sql: Sql, id: number): Uint8Array<ArrayBuffer> {
  const bytes = sql.first('select data from arrays where id = ?', [id], (row) => row.bytes(0))
  if (bytes === undefined) throw new Error(`Array ${id} is gone.`)
  return bytes
}

const SUMMARISE = `select key, count(*), sum(bytes), dtype, shape, kind, max(id) from arrays
  where run_id = ? and upload is null group by key order by key`

/** What arrays a run logged; `dtype` and `shape` are those of the latest. */
export function summariseArrays({ sql }: Database, runId: RunId): readonly ArraySummary[] {
  return sql.all(SUMMARISE, [runId], (row) => ({
    key: row.text(0),
    count: row.number(1),
    bytes: row.number(2),
    dtype: parseDtype(row.text(3)),
    shape: parseShape(row.text(4)),
    kind: parseKind(row.textOrNull(5)),
  }))
}

const READ_MEDIA = `select a.run_id, a.key, a.kind, count(*), min(a.step), max(a.step), sum(a.bytes), max(a.id)
  from arrays a join runs r on r.id = a.run_id and r.removed_at is null
  where r.experiment_id = ?1 and (?2 is null or a.run_id in (select value from json_each(?2)))
  and a.kind is not null and a.upload is null group by a.run_id, a.key order by a.key, r.started_at, r.rowid`

/** Which arrays that show something were logged, of which runs. Cost: reads the index of all of them. */
export function readMedia({ sql }: Database, { experimentId, runIds }: MediaRequest): MediaColumns {
  const rows = sql
    .all(READ_MEDIA, [experimentId, runIds === null ? null : JSON.stringify(runIds)], (row) => ({
      runId: row.text(0),
      key: row.text(1),
      kind: parseKind(row.textOrNull(2)),
      numbers: [3, 4, 5, 6].map((index) => row.number(index)),
    }))
    .filter((row): row is typeof row & { readonly kind: MediaKind } => row.kind !== null)
  const column = (index: number): Float64Array =>
    Float64Array.from(rows, ({ numbers }) => numbers[index] ?? 0)
  return {
    runId: rows.map(({ runId }) => runId),
    key: rows.map(({ key }) => key),
    kind: rows.map(({ kind }) => kind),
    count: column(0),
    minStep: column(1),
    maxStep: column(2),
    bytes: column(3),
  }
}

function parseKind(kind: string | null): MediaKind | null {
  return isMediaKind(kind) ? kind : null
}
