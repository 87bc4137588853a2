import { NUMBER } from '../../src/model/column.ts'
import type { Artifact } from '../../src/model/artifact.ts'
import type { Result } from '../../src/model/result.ts'
import type { StoreArtifactRequest, StoredArtifact } from '../../src/protocol/artifacts-api.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import type { TrackerError } from '../../src/protocol/tracker-error.ts'
import { valueOf } from './assert.ts'
import { STARTED_AT, type Store } from './store.fixture.ts'

/** A version of `model` that run `a` made, with one file. */
export function requestOf(
  id: string,
  bytes: Uint8Array<ArrayBuffer>,
  more: Partial<StoreArtifactRequest> = {},
): StoreArtifactRequest {
  return {
    jobId: `job ${id}`,
    id,
    runId: 'a',
    name: 'model',
    type: 'model',
    step: 7,
    createdAt: STARTED_AT,
    metadata: { epochs: 3 },
    aliases: [],
    files: [{ path: 'weights.bin', mime: 'application/octet-stream', blob: new Blob([bytes]) }],
    ...more,
  }
}

export function store(
  { service }: Store,
  request: StoreArtifactRequest,
): Promise<Result<StoredArtifact, TrackerError>> {
  return service.storeArtifact(request)
}

export async function readArtifacts(
  { service }: Store,
  database = OWN_DATABASE,
): Promise<readonly Artifact[]> {
  return valueOf(await service.readArtifacts({ database, experimentId: null, runId: null })).artifacts
}

export async function readFile(
  { service }: Store,
  artifactId: string,
  path = 'weights.bin',
  database = OWN_DATABASE,
): Promise<Uint8Array> {
  const file = valueOf(await service.readArtifactFile({ database, artifactId, path }))
  return new Uint8Array(await file.arrayBuffer())
}

/** Rows of a table that no reader shows. */
export function countRows({ own }: Store, table: 'blobs' | 'blob_parts'): number {
  return own.sql.value(`select count(*) from ${table}`, [], NUMBER) ?? 0
}
