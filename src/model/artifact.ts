import type { JsonObject } from './json.ts'
import type { Rank, RankDirection } from './rank.ts'
import type { ExperimentId, RunId, Step, UnixMs } from './units.ts'

/** One version of an artifact. */
export type ArtifactId = string

/**
 * Up to here the digest of stored bytes is their SHA-256, as `sha256sum` prints it; of more, it is the SHA-256 of the SHA-256s of
 * their parts of DIGEST_PART_BYTES, as object stores do with uploads in parts. Unit: bytes.
 */
export const PLAIN_DIGEST_BYTES = 2 ** 25

/** Twice as long a part takes Chromium 156 twice as long a byte: it copies longer ones to memory that is fresh each time. */
export const DIGEST_PART_BYTES = 2 ** 19

/** Bytes under a path within an artifact. Unit: bytes; `digest` as PLAIN_DIGEST_BYTES says, in hex. */
export interface ArtifactFile {
  readonly path: string
  readonly mime: string
  readonly bytes: number
  readonly digest: string
}

/** A version of named bytes: a checkpoint, a dataset, whatever a run made. */
export interface Artifact {
  readonly id: ArtifactId
  readonly experimentId: ExperimentId
  /** Which run made it. */
  readonly runId: RunId
  readonly name: string
  /** Counts from 1 within its name and experiment. */
  readonly version: number
  /** What it is: model, dataset, … */
  readonly type: string
  /** Of the run, when it was made; null where there was none yet. */
  readonly step: Step | null
  readonly createdAt: UnixMs
  readonly metadata: JsonObject
  /** Of all its files. */
  readonly bytes: number
  /** Tells contents apart: the SHA-256 of the digests and paths of its files. */
  readonly digest: string
  /** In order of path. */
  readonly files: readonly ArtifactFile[]
  /** Each once; `latest` is nobody's: it is the version with the highest number. */
  readonly aliases: readonly string[]
  /** The same with whose they are and what they were given for. */
  readonly heldAliases: readonly HeldAlias[]
  /** The runs that used it. */
  readonly usedBy: readonly RunId[]
  /** Taken away by the user, and not shown; null while it is there. */
  readonly removedAt: UnixMs | null
  /** When its bytes were given up, by the user or by the policy of its name; null while they are there. */
  readonly erasedAt: UnixMs | null
}

/**
 * An alias as a version has it. One of an experiment has one version of a name; one of a run has one of those that it made,
 * so that each run has its own best.
 */
export interface HeldAlias extends Rank {
  readonly alias: string
  /** Whose it is; null for that of the experiment. */
  readonly runId: RunId | null
}

/** Whose versions are compared. */
export type AliasScope = 'run' | 'experiment'

/** An alias that a version takes only if it has the better value. */
export interface RankedAlias {
  readonly alias: string
  readonly metric: string
  /** One that is not finite is never better. */
  readonly value: number
  readonly direction: RankDirection
  /** Among what it is better: those that this run made, or all of the experiment; `run` when left out. */
  readonly among?: AliasScope | undefined
}

/** The alias that always means the newest version. */
export const LATEST = 'latest'

/**
 * Which versions of a name are kept: of each run the `keep` newest that it made, and all that have an alias, are registered,
 * or were used or forked from by a run.
 */
export interface ArtifactPolicy {
  readonly name: string
  /** The run that says so of what it makes; null for all runs that say nothing. */
  readonly runId: RunId | null
  readonly keep: number
}

/** A version of a registered model. */
export interface ModelVersion {
  readonly version: number
  readonly artifactId: ArtifactId
  /** In words of the user: staging, production, …; null for none. */
  readonly stage: string | null
  readonly createdAt: UnixMs
}

/** A model that is worth a name of its own, whatever run it came from. */
export interface RegisteredModel {
  readonly name: string
  readonly notes: string
  readonly createdAt: UnixMs
  /** Newest first. */
  readonly versions: readonly ModelVersion[]
}

export const MAX_ARTIFACT_FILES = 10_000

/** Every file system takes it, and every list shows it. Unit: UTF-16 code units. */
export const MAX_ARTIFACT_PATH_LENGTH = 1_000

/** A path of plain parts: nothing that leads out of a folder it is unpacked into. */
export function isArtifactPath(path: unknown): path is string {
  if (typeof path !== 'string' || path === '' || path.length > MAX_ARTIFACT_PATH_LENGTH) return false
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  if (/[\\\u0000-\u001f]/.test(path)) return false
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
}
