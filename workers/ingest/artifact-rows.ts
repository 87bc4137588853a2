import { REAL_OR_NULL } from '../../src/model/column.ts'
import type { Artifact, ArtifactFile } from '../../src/model/artifact.ts'
import type { Sql } from '../db/sql.ts'

/** A file and the blob it lies in; null when its bytes were given up. */
export interface FileRow extends ArtifactFile {
  readonly blobId: number | null
}

export type ArtifactRow = Omit<Artifact, 'files' | 'aliases' | 'heldAliases' | 'usedBy' | 'removedAt'>

const INSERT = `insert into artifacts (id, experiment_id, run_id, name, version, type, step, created_at, metadata, bytes,
  digest, erased_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

const INSERT_FILE = `insert into artifact_files (artifact_id, path, mime, bytes, digest, blob_id)
  values (?, ?, ?, ?, ?, ?)`

/** Writes a version with its files, whose blobs are there and get their digests now. Inside a transaction. */
export function insertArtifact(sql: Sql, artifact: ArtifactRow, files: readonly FileRow[]): void {
  const { id, experimentId, runId, name, version, type, step, createdAt, metadata } = artifact
  sql.run(
    INSERT,
    id,
    experimentId,
    runId,
    name,
    version,
    type,
    step,
    createdAt,
    JSON.stringify(metadata),
    artifact.bytes,
    artifact.digest,
    artifact.erasedAt,
  )
  for (const { path, mime, bytes, digest, blobId } of files) {
    if (blobId !== null)
      sql.run('update blobs set digest = ? where id = ? and digest is null', digest, blobId)
    sql.run(INSERT_FILE, id, path, mime, bytes, digest, blobId)
  }
}

/** 1 for the first version of a name. */
export function nextVersion(sql: Sql, experimentId: string, name: string): number {
  const last = sql.value(
    'select max(version) from artifacts where experiment_id = ? and name = ?',
    [experimentId, name],
    REAL_OR_NULL,
  )
  return (last ?? 0) + 1
}
