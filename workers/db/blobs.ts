import { BYTES, INTEGER, NUMBER } from '../../src/model/column.ts'
import { ARRAY_PART_BYTES } from '../../src/model/log-batch.ts'
import { Damaged } from './damage.ts'
import type { Sql } from './sql.ts'

/** Room for the ordinals of the parts of one blob: 64 GB of them. */
const PARTS_PER_BLOB = 65_536

/** The id of a new blob that has no part yet. `digest` is null while it is not known. */
export function createBlob(sql: Sql, bytes: number, digest: string | null): number {
  sql.run('insert into blobs (bytes, digest) values (?, ?)', bytes, digest)
  return sql.value('select last_insert_rowid()', [], NUMBER) ?? 0
}

/** The blob of these bytes, when they are stored already. */
export function findBlob(sql: Sql, digest: string): number | undefined {
  return sql.value('select id from blobs where digest = ?', [digest], NUMBER)
}

const UNNAMED = { id: INTEGER, bytes: INTEGER } as const
const FIND_UNNAMED = `select b.id, b.bytes from blobs b where b.digest is null and b.id > ?
  and exists (select 1 from arrays a where a.blob_id = b.id and a.upload is null) order by b.id limit 1`

/** The first blob after `afterId` that is all there and has no digest. */
export function findUnnamedBlob(
  sql: Sql,
  afterId: number,
): { readonly id: number; readonly bytes: number } | undefined {
  return sql.first(FIND_UNNAMED, [afterId], UNNAMED)
}

/** Writes bytes of a blob from `offset` on, a multiple of ARRAY_PART_BYTES. */
export function writeBlobBytes(sql: Sql, blobId: number, offset: number, bytes: Uint8Array): void {
  let id = partId(blobId, offset)
  for (let at = 0; at < bytes.length; at += ARRAY_PART_BYTES) {
    sql.run('insert into blob_parts (id, part) values (?, ?)', id, bytes.subarray(at, at + ARRAY_PART_BYTES))
    id += 1
  }
}

/** How many bytes of a blob are there, in whole parts. */
export function countBlobBytes(sql: Sql, blobId: number): number {
  const parts = sql.value(
    'select count(*) from blob_parts where id >= ? and id < ?',
    [partId(blobId, 0), partId(blobId + 1, 0)],
    NUMBER,
  )
  return (parts ?? 0) * ARRAY_PART_BYTES
}

/**
 * The part of a blob that holds the byte at `offset`, from that byte on.
 *
 * Errors: throws `Damaged` when it is missing.
 */
export function readBlobBytes(sql: Sql, blobId: number, offset: number): Uint8Array<ArrayBuffer> {
  const part = sql.value('select part from blob_parts where id = ?', [partId(blobId, offset)], BYTES)
  if (part === undefined) throw new Damaged(sql, `Blob ${blobId} has no part at ${offset}.`)
  return part.subarray(offset % ARRAY_PART_BYTES)
}

/** Blobs that are being written and that nothing refers to yet, by the connection they are written through. */
const arrivingOf = new WeakMap<Sql, Set<number>>()

/** Blobs that nobody else may take for unused. They have no digest before something refers to them. */
export function arrivingBlobs(sql: Sql): Set<number> {
  const known = arrivingOf.get(sql) ?? new Set()
  arrivingOf.set(sql, known)
  return known
}

const IS_UNUSED = `not exists (select 1 from arrays where blob_id = blobs.id)
  and not exists (select 1 from artifact_files where blob_id = blobs.id)`

/** Deletes the blobs that nothing refers to. Cost: two look-ups a blob. */
export function deleteUnusedBlobs(sql: Sql): void {
  deleteBlobsOf(sql, `select id from blobs where ${IS_UNUSED}`)
}

/** Deletes what uploads left behind that died with their worker. Cost: those without a digest are few. */
export function deleteLeftBehind(sql: Sql): void {
  deleteBlobsOf(sql, `select id from blobs where digest is null and ${IS_UNUSED}`)
}

function deleteBlobsOf(sql: Sql, query: string): void {
  const arriving = arrivingBlobs(sql)
  for (const id of sql.column(query, [], NUMBER)) if (!arriving.has(id)) deleteBlob(sql, id)
}

export function deleteBlob(sql: Sql, id: number): void {
  sql.run('delete from blob_parts where id >= ? and id < ?', partId(id, 0), partId(id + 1, 0))
  sql.run('delete from blobs where id = ?', id)
}

function partId(blobId: number, offset: number): number {
  return blobId * PARTS_PER_BLOB + Math.floor(offset / ARRAY_PART_BYTES)
}
