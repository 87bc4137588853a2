import { readRuns, type StoredRun } from '../client/index.ts'
import { err, ok, type Result } from '../model/result.ts'
import type { JsonValue } from '../model/json.ts'
import { MAX_RUNS_READ } from '../protocol/run-query.ts'
import type { SweepPlan } from './sweep-options.ts'
import type { Trial } from './trial.ts'

/** What is stored of a sweep. */
export interface StoredTrials {
  /** Those that have a result, good or bad. */
  readonly ended: readonly Trial[]
  /** Those that were cut off or cancelled, to be tried again. */
  readonly interrupted: readonly Trial[]
}

/** Reads what is stored of the sweep of a plan; nothing where there is none yet. */
export async function readStoredTrials({
  experiment,
  name,
}: Pick<SweepPlan, 'experiment' | 'name'>): Promise<Result<StoredTrials, string>> {
  // Those put away too: their trials are done all the same.
  const filter = `group = ${quote(name)} and (archived is null or archived is not null)`
  const runs = await readRuns({ experiment, filter, limit: MAX_RUNS_READ })
  if (runs.ok) return ok(trialsOf(runs.value))
  // An experiment nobody has heard of has no trials.
  return runs.error.code === 'unknown-run' ? ok(trialsOf([])) : err(runs.error.message)
}

/** A text as the language of filters writes it. */
function quote(text: string): string {
  return `"${text.replaceAll(/[\\"]/g, '\\$&')}"`
}

/** The trials that runs of one sweep are: of a trial that was tried again the try that came to an end. */
export function trialsOf(runs: readonly StoredRun[]): StoredTrials {
  const ended = new Map<number, Trial>()
  const interrupted = new Map<number, Trial>()
  for (const run of runs) {
    const trial = trialOf(run)
    if (trial === null) continue
    const into = trial.status === 'cancelled' ? interrupted : ended
    if (!into.has(trial.number)) into.set(trial.number, trial)
  }
  for (const number of ended.keys()) interrupted.delete(number)
  return { ended: inOrder(ended), interrupted: inOrder(interrupted) }
}

function trialOf(run: StoredRun): Trial | null {
  const number = Number(run.tags['trial'])
  if (!Number.isSafeInteger(number) || number < 1) return null
  const { status, reason } = statusOf(run)
  return {
    number,
    params: run.params,
    status,
    value: status === 'failed' ? Number.NaN : numberOf(run.summary['objective']),
    runId: run.id,
    reason,
  }
}

function statusOf({ status, tags }: StoredRun): Pick<Trial, 'reason'> & { status: Trial['status'] } {
  const error = tags['error']
  if (status === 'failed' || error !== undefined) return { status: 'failed', reason: error ?? '' }
  // What still runs belonged to a page that is gone: the sweep is claimed by this one.
  if (status !== 'finished') return { status: 'cancelled', reason: 'it was cut off' }
  const stopped = tags['stopped']
  if (stopped === undefined) return { status: 'finished', reason: '' }
  return { status: stopped === 'cancelled' ? 'cancelled' : 'stopped', reason: stopped }
}

/** Numbers JSON does not know are stored as text. */
function numberOf(value: JsonValue | undefined): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN
}

function inOrder(trials: ReadonlyMap<number, Trial>): readonly Trial[] {
  return [...trials.values()].toSorted((a, b) => a.number - b.number)
}
