import type { Artifact, ArtifactId } from '../model/artifact.ts'
import { err, ok, type Result } from '../model/result.ts'
import { OWN_DATABASE } from '../protocol/database-id.ts'
import type { TrackerApi } from '../protocol/tracker-api.ts'
import { trackerError, type TrackerError } from '../protocol/tracker-error.ts'
import { connectTracker } from './connect.ts'
import { versionsMeant } from './resolve-artifact.ts'
import { scopeUplink } from './uplink.ts'
import { warnOnce } from './warn.ts'

/** What is asked about artifacts. */
export type ArtifactApi = Pick<
  TrackerApi,
  'storeArtifact' | 'readArtifacts' | 'readArtifactFile' | 'readExperiments'
>

/** What a run asks of a tracker. */
export interface RunApi extends ArtifactApi, Pick<TrackerApi, 'readRun'> {}

/** A stored version, and its bytes when they are asked for. */
export interface StoredArtifact extends Artifact {
  /** Errors: `unknown-artifact` when there is no such file, or its bytes were given up. The only file when left out. */
  file(path?: string): Promise<Result<Blob, TrackerError>>
}

export interface ReadArtifactsOptions {
  /** By name; those of all experiments when left out. */
  readonly experiment?: string
  /** What this run made or used. */
  readonly runId?: string
}

/** Reads what artifacts are stored here, newest version first within each name. Errors: those of the database. */
export async function readArtifacts(
  options: ReadArtifactsOptions = {},
): Promise<Result<readonly StoredArtifact[], TrackerError>> {
  await scopeUplink().flush()
  return readArtifactsOf(connectTracker().api, options)
}

/** The same of any tracker. */
export async function readArtifactsOf(
  api: ArtifactApi,
  { experiment, runId }: ReadArtifactsOptions,
): Promise<Result<readonly StoredArtifact[], TrackerError>> {
  const experiments = await api.readExperiments(OWN_DATABASE)
  if (!experiments.ok) return experiments
  const named = experiments.value.filter(({ name }) => experiment === undefined || name === experiment)
  const ids = new Set(named.map(({ id }) => id))
  const list = await api.readArtifacts({ database: OWN_DATABASE, experimentId: null, runId: runId ?? null })
  if (!list.ok) return list
  return ok(
    list.value.artifacts
      .filter(({ experimentId, removedAt }) => removedAt === null && ids.has(experimentId))
      .map((artifact) => toStored(api, artifact)),
  )
}

function toStored(api: ArtifactApi, artifact: Artifact): StoredArtifact {
  return {
    ...artifact,
    async file(path) {
      const only = artifact.files.length === 1 ? artifact.files[0]?.path : undefined
      const wanted = path ?? only
      if (wanted === undefined) return err(manyFiles(artifact))
      return api.readArtifactFile({ database: OWN_DATABASE, artifactId: artifact.id, path: wanted })
    },
  }
}

/**
 * The version that a reference means: `model` and `model:latest` the newest, `model:best` the one with that alias,
 * `model:v3` the third; or the id of one. Those whose bytes were given up are only found by number and id.
 *
 * Of several runs that have a best of their own it is the best of all, where one metric tells. What is ambiguous means
 * none, which is said: a name that several experiments have, an alias that was given for different reasons.
 */
export function findArtifact<A extends Artifact>(
  artifacts: readonly A[],
  reference: string | ArtifactId,
): A | undefined {
  const meant = versionsMeant(artifacts, reference)
  if (meant.length <= 1) return meant[0]
  warnOnce(`several artifacts are ${reference}: say which by its experiment or version, or pass its id`)
  return undefined
}

export function unknownArtifact(reference: string): TrackerError {
  return trackerError(
    'unknown-artifact',
    `There is no artifact ${reference} here. Artifacts are named like model, model:best or model:v3.`,
  )
}

function manyFiles({ name, files }: Artifact): TrackerError {
  return trackerError('unknown-artifact', `${name} holds ${files.length} files: say which one by its path.`)
}
