import type { Artifact, ArtifactId, ArtifactPolicy, RankedAlias, RegisteredModel } from '../model/artifact.ts'
import type { JsonObject } from '../model/json.ts'
import type { ExperimentId, RunId, Step, UnixMs } from '../model/units.ts'
import type { CallsOf } from './call-kind.ts'
import type { DatabaseId } from './database-id.ts'
import type { Outcome } from './outcome.ts'

/** Versions of named bytes. */
export interface ArtifactsApi {
  /**
   * Stores a version of named bytes; none is made where the newest one holds the same. What is ranked or kept by a policy is
   * of one run: then only where that run made the newest one.
   *
   * Errors: `storage-full` when there is no room for all of it, `unknown-run`, `artifact-malformed`. Then nothing is kept.
   */
  storeArtifact(request: StoreArtifactRequest): Outcome<StoredArtifact>
  readArtifacts(request: ArtifactsRequest): Outcome<ArtifactList>
  /** One file of a version. Errors: `unknown-artifact` when it is not there, or its bytes were given up. */
  readArtifactFile(request: ArtifactFileRequest): Outcome<Blob>
  /** Gives up the bytes of versions; what is known of them stays. */
  eraseArtifacts(request: EraseArtifactsRequest): Outcome<EraseArtifactsReceipt>
}

export const ARTIFACTS_CALLS = {
  storeArtifact: 'once',
  readArtifacts: 'again',
  readArtifactFile: 'once',
  eraseArtifacts: 'once',
} as const satisfies CallsOf<ArtifactsApi>

export interface FileToStore {
  readonly path: string
  readonly mime: string
  readonly blob: Blob
}

export interface StoreArtifactRequest {
  readonly jobId: string
  /** Chosen by who asks, so that asking again stores nothing twice. */
  readonly id: ArtifactId
  readonly runId: RunId
  readonly name: string
  readonly type: string
  readonly step: Step | null
  readonly createdAt: UnixMs
  readonly metadata: JsonObject
  /** Each moves here from the version of this name that has it; a ranked one only if this one is better. */
  readonly aliases: readonly (string | RankedAlias)[]
  /** From now on this many of the newest versions that the run made of the name are kept; as it was when left out. */
  readonly keep?: number | undefined
  /** At least one, at most MAX_ARTIFACT_FILES. */
  readonly files: readonly FileToStore[]
}

export interface StoredArtifact {
  readonly id: ArtifactId
  readonly version: number
  /** Unit: bytes that were not stored before. */
  readonly newBytes: number
}

export interface ArtifactsRequest {
  readonly database: DatabaseId
  /** null for those of all experiments. */
  readonly experimentId: ExperimentId | null
  /** null for those of all runs; else what this run made and used. */
  readonly runId: RunId | null
}

export interface ArtifactList {
  /** Ordered by name, then newest version first. */
  readonly artifacts: readonly Artifact[]
  readonly policies: readonly ArtifactPolicy[]
  /** Those that hold a version of the list. */
  readonly models: readonly RegisteredModel[]
  /** Those that a run was forked from. */
  readonly forked: readonly ArtifactId[]
  /** What the bytes of all of them take, each content once. Unit: bytes. */
  readonly storedBytes: number
}

export interface ArtifactFileRequest {
  readonly database: DatabaseId
  readonly artifactId: ArtifactId
  readonly path: string
}

export interface EraseArtifactsRequest {
  readonly jobId: string
  readonly artifactIds: readonly ArtifactId[]
}

export interface EraseArtifactsReceipt {
  readonly erased: number
  /** By how much the database became smaller. */
  readonly freedBytes: number
}
