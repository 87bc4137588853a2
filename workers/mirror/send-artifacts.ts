import { err, ok, type Result } from '../../src/model/result.ts'
import type { ExperimentId, RunId } from '../../src/model/units.ts'
import { TEXT } from '../../src/model/column.ts'
import { readBlobBytes } from '../db/blobs.ts'
import type { Database } from '../db/database.ts'
import { openArtifacts } from '../formats/artifact-sources.ts'
import type { ArtifactSource } from '../formats/contents.ts'
import { readExperimentRecords } from '../formats/database-contents.ts'
import { findArtifactFile } from '../read/artifacts.ts'
import type { DiskClient, DiskRefusal } from './disk-client.ts'
import type { ArrangeMessage } from './messages.ts'

/** A file of an artifact that is larger stays in the browser: 1 GiB. */
export const MAX_FILE_BYTES = 2 ** 30

/** Reads the own database so that nothing is seen that is not durable. Errors: rejects when it is gone. */
export type ReadOwn = <T>(look: (database: Database) => T) => Promise<T>

/** An experiment with what was made in it, without bytes. */
export interface ExperimentArtifacts extends ArrangeMessage {
  readonly artifacts: readonly ArtifactSource[]
}

/** undefined when there is none of that id. */
export function readExperimentArtifacts(
  database: Database,
  experimentId: ExperimentId,
): ExperimentArtifacts | undefined {
  const { sql } = database
  const [experiment] = readExperimentRecords(database, [experimentId])
  if (experiment === undefined) return undefined
  const runIds = new Set<RunId>(
    sql.column('select id from runs where experiment_id = ? and removed_at is null', [experimentId], TEXT),
  )
  return { experiment, ...openArtifacts(sql, 'ours', (runId) => runIds.has(runId)) }
}

/** Sends a version with its bytes; answers how many of its files are too large to be sent. */
export async function sendArtifact(
  client: DiskClient,
  read: ReadOwn,
  artifact: ArtifactSource,
): Promise<Result<number, DiskRefusal>> {
  const sent: number[] = []
  let leftOut = 0
  for (const [file, { path, bytes }] of artifact.files.entries()) {
    if (bytes > MAX_FILE_BYTES) {
      leftOut += 1
      continue
    }
    const answer = await sendFile(client, read, artifact.id, file, path)
    if (!answer.ok) return answer
    if (answer.value) sent.push(file)
  }
  const files = artifact.files.map(({ path, mime, bytes, digest }) => ({ path, mime, bytes, digest }))
  const told = await client.call('artifact', { artifact: { ...artifact, files }, sent })
  return told.ok ? ok(leftOut) : told
}

/** False for one whose bytes were given up. */
async function sendFile(
  client: DiskClient,
  read: ReadOwn,
  artifactId: string,
  file: number,
  path: string,
): Promise<Result<boolean, DiskRefusal>> {
  for (let offset = 0; ;) {
    const part = await read(({ sql }) => {
      const found = findArtifactFile(sql, artifactId, path)
      if (found === undefined) return null
      const bytes =
        offset < found.bytes ? readBlobBytes(sql, found.blobId, offset).slice() : new Uint8Array(0)
      return { bytes, isLast: offset + bytes.length >= found.bytes }
    })
    if (part === null) return ok(false)
    const answer = await client.call('filePart', { artifactId, file, offset, bytes: part.bytes })
    if (!answer.ok) return err(answer.error)
    offset += part.bytes.length
    if (part.isLast) return ok(true)
  }
}
