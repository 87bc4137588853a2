import { readEstimate } from '../../src/model/storage-estimate.ts'
import { INTEGER, TEXT, type RowOf } from '../../src/model/column.ts'
import { err, ok } from '../../src/model/result.ts'
import type { StoreArtifactRequest, StoredArtifact } from '../../src/protocol/artifacts-api.ts'
import type { Outcome } from '../../src/protocol/outcome.ts'
import type { StorageKind } from '../../src/protocol/store-api.ts'
import { trackerError, unknownRun, type TrackerError } from '../../src/protocol/tracker-error.ts'
import { nextTask } from '../../src/model/event-loop.ts'
import { arrivingBlobs, deleteLeftBehind } from '../db/blobs.ts'
import type { Database } from '../db/database.ts'
import { isShared, type Sql } from '../db/sql.ts'
import type { Progress } from '../jobs/progress.ts'
import { digestOf } from '../ingest/digests.ts'
import { commit, undoOnFailure } from '../ingest/commit.ts'
import { setAlias, setPolicy } from '../ingest/aliases.ts'
import { insertArtifact, nextVersion, type FileRow } from '../ingest/artifact-rows.ts'
import { reclaimSome } from '../ingest/reclaim.ts'
import { claimAlias } from './claim-alias.ts'
import { eraseByPolicy } from './erase-artifacts.ts'
import { parseStoreRequest } from './parse-artifact.ts'
import { giveUpBlob, RolledBack, storeFile, type StoredFile } from './store-file.ts'

/** What is kept free: for the batches that come meanwhile, and the journal. */
const SPARE_BYTES = 32 * 2 ** 20

/**
 * Stores a version: its files first, as blobs nothing refers to, then all that is said of it in one transaction.
 *
 * Whatever interrupts it, the version is there as a whole or not at all, and no bytes stay behind. Errors: those of
 * `TrackerApi.storeArtifact`. Throws what makes a job fail: `Cancelled`, failures of the engine and the disk.
 */
export async function storeArtifact(
  database: Database,
  asked: StoreArtifactRequest,
  storage: StorageKind,
  progress: Progress,
): Outcome<StoredArtifact> {
  const parsed = parseStoreRequest(asked)
  if (!parsed.ok) return parsed
  const request = parsed.value
  const known = findStored(database.sql, request.id)
  if (known !== undefined) return ok({ ...known, newBytes: 0 })
  const experimentId = experimentOf(database.sql, request.runId)
  if (experimentId === undefined)
    return err(unknownRun(request.runId, `the artifact ${request.name} was not stored`))
  const total = request.files.reduce((sum, { blob }) => sum + blob.size, 0)
  const noRoom = storage === 'opfs' ? await whyNoRoom(request.name, total) : null
  if (noRoom !== null) return err(noRoom)

  const stored: StoredFile[] = []
  try {
    await storeFiles(database, request, total, stored, progress)
    const digest = await contentDigest(request, stored)
    return ok(insert(database, request, experimentId, stored, digest, total))
  } catch (cause) {
    for (const { blobId, isNew } of stored) if (isNew) giveUpBlob(database, blobId)
    await giveRoomBack(database)
    if (cause instanceof RolledBack) return err(interrupted(request))
    throw cause
  } finally {
    for (const { blobId } of stored) arrivingBlobs(database.sql).delete(blobId)
  }
}

async function storeFiles(
  database: Database,
  { files }: StoreArtifactRequest,
  total: number,
  stored: StoredFile[],
  progress: Progress,
): Promise<void> {
  let done = 0
  const byDigest = new Map<string, StoredFile>()
  for (const { blob } of files) {
    const file = await storeFile(database, blob, (bytes) => progress.report((done += bytes), total, 'bytes'))
    // Of two files that are the same, neither has a digest in the database yet.
    const same = byDigest.get(file.digest)
    if (same !== undefined && file.isNew) giveUpBlob(database, file.blobId)
    stored.push(same === undefined ? file : { ...same, isNew: false })
    byDigest.set(file.digest, same ?? file)
  }
}

/** In one transaction, committed when this returns. */
function insert(
  database: Database,
  request: StoreArtifactRequest,
  experimentId: string,
  stored: readonly StoredFile[],
  digest: string,
  bytes: number,
): StoredArtifact {
  const { sql } = database
  const { id, runId, name, type, step, createdAt, metadata, files } = request
  if (stored.some(({ blobId, isNew }) => isNew && !arrivingBlobs(sql).has(blobId))) throw new RolledBack()
  const answer = undoOnFailure(database, () => {
    sql.begin()
    const newest = findNewest(sql, experimentId, name)
    if (newest?.digest === digest && (newest.runId === runId || !isOfOneRun(request))) {
      giveAliases(sql, request, experimentId, newest.id)
      return { id: newest.id, version: newest.version, newBytes: 0 }
    }
    const version = nextVersion(sql, experimentId, name)
    const row = { id, experimentId, runId, name, version, type, step, createdAt, metadata, bytes, digest }
    insertArtifact(
      sql,
      { ...row, erasedAt: null },
      stored.map((file, index) => Object.assign(fileOf(request, index), file)),
    )
    giveAliases(sql, request, experimentId, id)
    if (request.keep !== undefined) setPolicy(sql, { experimentId, name, keep: request.keep, runId })
    eraseByPolicy(sql, { experimentId, name, runId })
    const newBytes = files.reduce((sum, { blob }, index) => sum + (stored[index]?.isNew ? blob.size : 0), 0)
    return { id, version, newBytes }
  })
  commit(database, Date.now())
  return answer
}

function giveAliases(
  sql: Sql,
  { runId, name, aliases }: StoreArtifactRequest,
  experimentId: string,
  artifactId: string,
): void {
  for (const alias of aliases) {
    if (typeof alias === 'string') setAlias(sql, { experimentId, name, alias, artifactId })
    else claimAlias(sql, { experimentId, name, artifactId, runId }, alias)
  }
}

/** Then it is never said of a version that another run made. */
function isOfOneRun({ aliases, keep }: StoreArtifactRequest): boolean {
  return keep !== undefined || aliases.some((alias) => typeof alias !== 'string')
}

const STORED = { id: TEXT, version: INTEGER } as const
const NEWEST = { ...STORED, runId: TEXT, digest: TEXT } as const

function findStored(sql: Sql, id: string): Pick<StoredArtifact, 'id' | 'version'> | undefined {
  return sql.first('select id, version from artifacts where id = ?', [id], STORED)
}

function findNewest(sql: Sql, experimentId: string, name: string): RowOf<typeof NEWEST> | undefined {
  return sql.first(
    `select id, version, run_id, digest from artifacts where experiment_id = ? and name = ? and removed_at is null
     and erased_at is null order by version desc limit 1`,
    [experimentId, name],
    NEWEST,
  )
}

function fileOf({ files }: StoreArtifactRequest, index: number): Pick<FileRow, 'path' | 'mime' | 'bytes'> {
  const { path = '', mime = '', blob } = files[index] ?? {}
  return { path, mime, bytes: blob?.size ?? 0 }
}

function experimentOf(sql: Sql, runId: string): string | undefined {
  return sql.value('select experiment_id from runs where id = ?', [runId], TEXT)
}

/** The digest of one file is that of its bytes, so files alone tell versions apart. */
async function contentDigest(
  { files }: StoreArtifactRequest,
  stored: readonly StoredFile[],
): Promise<string> {
  const lines = files.map(({ path }, index) => `${stored[index]?.digest ?? ''}  ${path}\n`)
  return digestOf(new TextEncoder().encode(lines.toSorted().join('')))
}

/** Where the browser tells how much room there is, nothing is begun that cannot be ended. */
async function whyNoRoom(name: string, bytes: number): Promise<TrackerError | null> {
  const { quota, used } = await readEstimate()
  if (quota === null || used === null || quota - used >= bytes + SPARE_BYTES) return null
  return trackerError(
    'storage-full',
    `The artifact ${name} was not stored: it takes ${inWords(bytes)}, and the browser has ${inWords(Math.max(0, quota - used))} left for this site. Delete versions or runs, or free disk space, and log it again.`,
  )
}

function inWords(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`
}

/** What was written of it is free now, and the file shorter. */
async function giveRoomBack(database: Database): Promise<void> {
  const { sql } = database
  if (!sql.isOpen || isShared(sql)) return
  undoOnFailure(database, () => {
    sql.begin()
    deleteLeftBehind(sql)
  })
  commit(database, Date.now())
  while (reclaimSome(database) > 0) await nextTask()
}

function interrupted({ name }: StoreArtifactRequest): TrackerError {
  return trackerError(
    'interrupted',
    `The artifact ${name} was not stored: the database failed or changed hands meanwhile. Nothing of it was kept; log it again.`,
  )
}
