import { err, ok, type Result } from '../model/result.ts'
import type { Step } from '../model/units.ts'
import { OWN_DATABASE } from '../protocol/database-id.ts'
import type { RunDetail } from '../protocol/runs-api.ts'
import { trackerError, type TrackerError } from '../protocol/tracker-error.ts'
import type { Run } from './run.ts'
import type { RunOptions } from './run-options.ts'
import { ambiguousArtifact } from './ambiguous-artifact.ts'
import { versionsMeant } from './resolve-artifact.ts'
import { readArtifactsOf, type RunApi, type StoredArtifact } from './stored-artifacts.ts'

export interface ForkOptions extends Omit<Partial<RunOptions>, 'fork' | 'resume' | 'firstStep'> {
  /** The last step they share, at most: that of the newest checkpoint up to it. The parent's last when left out. */
  readonly step?: Step
  /** Which artifact of the parent its checkpoints are versions of; `checkpoint` when left out. */
  readonly checkpointName?: string
}

/** A run that goes on from another. */
export interface ForkedRun {
  readonly run: Run
  /** What its weights are loaded from: `tf.loadLayersModel(storedModel(checkpoint))`; null where the parent has none. */
  readonly checkpoint: StoredArtifact | null
  /** The last step it shares with its parent; null where the parent has logged nothing. */
  readonly step: Step | null
}

interface Origin {
  readonly parent: RunDetail
  readonly checkpoint: StoredArtifact | null
}

/** See `forkRun`; over any tracker. */
export async function forkRunOf(
  api: RunApi,
  init: (options: RunOptions) => Run,
  source: string,
  { step: wanted, checkpointName, ...options }: ForkOptions,
): Promise<Result<ForkedRun, TrackerError>> {
  const { experiment } = options
  const found = await findOrigin(api, source, {
    ...(wanted === undefined ? {} : { step: wanted }),
    ...(checkpointName === undefined ? {} : { checkpointName }),
    ...(experiment === undefined ? {} : { experiment }),
  })
  if (!found.ok) return found
  const { parent, checkpoint } = found.value
  const last = parent.series.reduce<Step | null>(
    (most, { maxStep }) => Math.max(most ?? maxStep, maxStep),
    null,
  )
  const upTo = last === null || wanted === undefined ? last : Math.min(last, wanted)
  const step = checkpoint?.step ?? upTo
  const { id: runId, groupName, jobType } = parent.run
  const run = init({
    experiment: parent.experimentName,
    ...(groupName === null ? {} : { group: groupName }),
    ...(jobType === null ? {} : { jobType }),
    ...options,
    params: { ...parent.params, ...options.params },
    fork: { runId, ...(step === null ? {} : { step }) },
  })
  if (checkpoint !== null) await run.useArtifact(checkpoint.id)
  return ok({ run, checkpoint, step })
}

async function findOrigin(
  api: RunApi,
  source: string,
  { step: upTo = Number.POSITIVE_INFINITY, checkpointName = 'checkpoint', experiment }: ForkOptions,
): Promise<Result<Origin, TrackerError>> {
  const read = await api.readRun({ database: OWN_DATABASE, runId: source })
  if (read.ok) {
    const stored = await readArtifactsOf(api, { runId: source })
    if (!stored.ok) return stored
    const checkpoint = newestUpTo(stored.value, source, checkpointName, upTo)
    return ok({ parent: read.value, checkpoint })
  }
  const found = await findOnly(api, source, experiment)
  if (!found.ok) return found
  const checkpoint = found.value
  if (checkpoint === undefined) return err(nothingToFork(source, experiment))
  const parent = await api.readRun({ database: OWN_DATABASE, runId: checkpoint.runId })
  return parent.ok ? ok({ parent: parent.value, checkpoint }) : parent
}

function newestUpTo(
  artifacts: readonly StoredArtifact[],
  runId: string,
  name: string,
  upTo: Step,
): StoredArtifact | null {
  const checkpoints = artifacts
    .filter((each) => each.runId === runId && each.name === name && each.erasedAt === null)
    .filter(({ step }) => step !== null && step <= upTo)
  return checkpoints.toSorted((a, b) => (b.step ?? 0) - (a.step ?? 0) || b.version - a.version)[0] ?? null
}

/** The version a reference means in an experiment, or in the only one that has it; an id is looked for everywhere. */
async function findOnly(
  api: RunApi,
  reference: string,
  experiment: string | undefined,
): Promise<Result<StoredArtifact | undefined, TrackerError>> {
  const all = await readArtifactsOf(api, {})
  if (!all.ok) return all
  const byId = all.value.find(({ id }) => id === reference)
  if (byId !== undefined || experiment === undefined) return onlyOne(all.value, reference)
  const within = await readArtifactsOf(api, { experiment })
  return within.ok ? onlyOne(within.value, reference) : within
}

function onlyOne(
  artifacts: readonly StoredArtifact[],
  reference: string,
): Result<StoredArtifact | undefined, TrackerError> {
  const meant = versionsMeant(artifacts, reference)
  return meant.length > 1 ? err(ambiguousArtifact(reference, meant)) : ok(meant[0])
}

function nothingToFork(source: string, experiment: string | undefined): TrackerError {
  const where = experiment === undefined ? 'here' : `in the experiment ${experiment}`
  return trackerError(
    'unknown-run',
    `There is neither a run nor an artifact ${source} ${where} to go on from. Pass the id of a run or of an artifact, or one like checkpoint:best.`,
  )
}
