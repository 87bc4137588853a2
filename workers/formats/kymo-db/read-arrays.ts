import { TABLES } from '../../../src/protocol/public-schema.ts'
import { BYTES, NUMBER, selectUpTo, type RowOf } from '../../../src/model/column.ts'
import { arrayBytes, isArrayDtype, isArrayShape, MAX_ARRAY_BYTES } from '../../../src/model/array.ts'
import { parseJson } from '../../../src/model/json.ts'
import { readBlobBytes } from '../../db/blobs.ts'
import { isDamage } from '../../db/damage.ts'
import { parseMedia } from '../../read/arrays.ts'
import type { Sql } from '../../db/sql.ts'
import { arraysToParts } from '../array-parts.ts'
import type { ArraySource, Part } from '../contents.ts'
import { Unreadable } from '../../jobs/errors.ts'
import type { Progress } from '../../jobs/progress.ts'
import { versionOf } from './trust.ts'

const { data: _data, upload: _upload, ...ARRAY_ROW } = TABLES.arrays
const REST = 'from arrays not indexed where id > ? and upload is null order by id limit ?'

/** Rows looked at together. */
const ROWS = 1_000

/** The arrays of a file, parsed. Errors: throws `Unreadable` for one that is none or ends early. */
export async function* readArraysAsParts(sql: Sql, progress: Progress): AsyncGenerator<Part> {
  const total = sql.value('select total(bytes) from arrays', [], NUMBER) ?? 0
  yield* arraysToParts(readSources(sql), total, progress)
}

function* readSources(sql: Sql): Generator<ArraySource> {
  const select = `select ${selectUpTo(ARRAY_ROW, versionOf(sql))} ${REST}`
  let lastId = Number.MIN_SAFE_INTEGER
  for (;;) {
    const rows = sql.map(select, [lastId, ROWS], ARRAY_ROW, (row) => ({
      id: row.id,
      source: parse(sql, row),
    }))
    for (const { id, source } of rows) {
      lastId = id
      yield source
    }
    if (rows.length < ROWS) return
  }
}

function parse(sql: Sql, row: RowOf<typeof ARRAY_ROW>): ArraySource {
  const { id, runId, key, step, time, dtype, bytes: length, blobId } = row
  const shape = parseJson(row.shape)
  if (!isArrayDtype(dtype) || !isArrayShape(shape)) {
    throw new Unreadable('file-corrupt', `the array ${key} is of no known type or shape`)
  }
  if (length !== arrayBytes(dtype, shape) || length > MAX_ARRAY_BYTES) {
    throw new Unreadable('file-corrupt', `the array ${key} is not as long as its shape says`)
  }
  return {
    runId,
    key,
    step,
    time,
    dtype,
    shape,
    media: parseMedia(row.kind, row.meta) ?? undefined,
    length,
    read: (offset) => (blobId === null ? readRow(sql, id, offset) : readBlob(sql, blobId, key, offset)),
  }
}

function readRow(sql: Sql, id: number, offset: number): Uint8Array {
  return (sql.value('select data from arrays where id = ?', [id], BYTES) ?? new Uint8Array(0)).subarray(
    offset,
  )
}

function readBlob(sql: Sql, blobId: number, key: string, offset: number): Uint8Array {
  try {
    return readBlobBytes(sql, blobId, offset)
  } catch (cause) {
    if (!isDamage(cause)) throw cause
    throw new Unreadable('file-corrupt', `the array ${key} misses its bytes at ${offset}`)
  }
}
