import { isArtifactPath, MAX_ARTIFACT_FILES } from '../../src/model/artifact.ts'
import { arrivingBlobs, createBlob, deleteBlob, findBlob, writeBlobBytes } from '../db/blobs.ts'
import type { Sql } from '../db/sql.ts'
import { ARRAY_PART_BYTES } from '../../src/model/log-batch.ts'
import { insertArtifact, nextVersion, type FileRow } from '../ingest/artifact-rows.ts'
import { createDigester } from '../ingest/digests.ts'
import type { ArtifactSource, FileSource } from './contents.ts'
import { Unreadable } from '../jobs/errors.ts'

/** Does work that writes, as whoever owns the database must. */
export type Writing = (work: () => void) => void

/**
 * Writes a version that comes from another database, unless it is there.
 *
 * Digests are computed, never believed. `onBytes` is called after every megabyte. Errors: throws `Unreadable` for one that
 * is none or whose bytes end early, and what reading them throws; then nothing of it stays.
 */
export async function copyArtifact(
  sql: Sql,
  source: ArtifactSource,
  write: Writing,
  onBytes: (bytes: number) => Promise<void>,
): Promise<void> {
  check(source)
  if (isKnown(sql, source.id)) return
  const files: FileRow[] = []
  try {
    for (const file of source.files) {
      if (!('read' in file)) files.push({ ...file, blobId: null })
      else files.push(await copyFile(sql, file, write, onBytes))
    }
    write(() => insertArtifact(sql, { ...source, version: freeVersion(sql, source) }, files))
  } catch (cause) {
    for (const { blobId } of files) if (blobId !== null) giveUp(sql, blobId, write)
    throw cause
  } finally {
    for (const { blobId } of files) if (blobId !== null) arrivingBlobs(sql).delete(blobId)
  }
}

async function copyFile(
  sql: Sql,
  file: FileSource,
  write: Writing,
  onBytes: (bytes: number) => Promise<void>,
): Promise<FileRow> {
  const { path, mime, bytes } = file
  const arriving = arrivingBlobs(sql)
  let blobId = 0
  write(() => {
    blobId = createBlob(sql, bytes, null)
    arriving.add(blobId)
  })
  try {
    const digester = createDigester(bytes)
    for (let at = 0; at < bytes; at += ARRAY_PART_BYTES) {
      const part = readPart(file, at)
      await digester.add(part)
      write(() => writeBlobBytes(sql, blobId, at, part))
      await onBytes(part.length)
    }
    const digest = await digester.digest()
    const known = findBlob(sql, digest)
    if (known === undefined) return { path, mime, bytes, digest, blobId }
    giveUp(sql, blobId, write)
    return { path, mime, bytes, digest, blobId: known }
  } catch (cause) {
    giveUp(sql, blobId, write)
    throw cause
  }
}

function readPart(file: FileSource, from: number): Uint8Array {
  const bytes = new Uint8Array(Math.min(ARRAY_PART_BYTES, file.bytes - from))
  for (let at = 0; at < bytes.length;) {
    const part = file.read(from + at).subarray(0, bytes.length - at)
    if (part.length === 0) throw new Unreadable('file-corrupt', `the file ${file.path} ends early`)
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** Only what nothing refers to: the blob of an equal file that was there stays. */
function giveUp(sql: Sql, blobId: number, write: Writing): void {
  if (arrivingBlobs(sql).delete(blobId) && sql.isOpen) write(() => deleteBlob(sql, blobId))
}

function isKnown(sql: Sql, id: string): boolean {
  return sql.exists('select 1 from artifacts where id = ?', [id])
}

/** Its own, unless another one came by it here. */
function freeVersion(sql: Sql, { experimentId, name, version }: ArtifactSource): number {
  const isTaken = sql.exists('select 1 from artifacts where experiment_id = ? and name = ? and version = ?', [
    experimentId,
    name,
    version,
  ])
  return isTaken ? nextVersion(sql, experimentId, name) : version
}

function check({ id, name, version, files, bytes }: ArtifactSource): void {
  const isOne =
    id !== '' &&
    name !== '' &&
    Number.isSafeInteger(version) &&
    version > 0 &&
    Number.isSafeInteger(bytes) &&
    files.length <= MAX_ARTIFACT_FILES &&
    files.every((file) => isArtifactPath(file.path) && Number.isSafeInteger(file.bytes) && file.bytes >= 0)
  if (!isOne) throw new Unreadable('file-corrupt', `the artifact ${name} is none`)
}
