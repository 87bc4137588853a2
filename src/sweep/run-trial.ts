import type { Run } from '../client/run.ts'
import type { RunOptions } from '../client/run-options.ts'
import type { Params } from '../model/run.ts'
import type { Objective, StopOrder, TrialListener, TrialOrder, TrialOutcome } from './trial.ts'
import { watchMetric, type WatchedMetric } from './watch-metric.ts'

/** A trial under way in this thread. */
export interface RunningTrial {
  /** Resolves when its run has ended. Never rejects. */
  readonly outcome: Promise<TrialOutcome>
  /** Asks it to end; the first order counts. */
  stop(order: StopOrder): void
}

/** Runs an objective as one Kymo run. */
export function startTrial(
  init: (options: RunOptions) => Run,
  { params, metric, direction, options }: TrialOrder,
  objective: Objective<Params>,
  listener: TrialListener,
): RunningTrial {
  const stopper = new AbortController()
  let stopped: StopOrder | null = null
  const run = init({ ...options, params })
  const watched = watchMetric(run, metric, direction, listener.onReport)
  listener.onStarted(run.id)

  async function work(): Promise<TrialOutcome> {
    const { signal } = stopper
    let returned: unknown
    let failure: string | null = null
    try {
      returned = await objective(params, { run: watched.run, report: watched.report, signal })
    } catch (thrown) {
      // One that was told to stop may well say so by throwing.
      if (stopped === null) failure = wordsOf(thrown)
    }
    const outcome = failure === null ? outcomeOf(returned, watched, metric, stopped) : failed(failure)
    await end(run, outcome, stopped)
    return outcome
  }

  return {
    outcome: work(),
    stop(order) {
      if (stopped !== null) return
      stopped = order
      stopper.abort(new DOMException(order.words, 'AbortError'))
    },
  }
}

function outcomeOf(
  returned: unknown,
  watched: WatchedMetric,
  metric: string,
  stopped: StopOrder | null,
): TrialOutcome {
  const isNumber = typeof returned === 'number'
  if (isNumber && watched.count === 0) watched.report(returned)
  const value = isNumber && stopped === null ? returned : watched.best
  if (stopped !== null)
    return { status: stopped.by === 'cancelled' ? 'cancelled' : 'stopped', value, reason: stopped.words }
  if (watched.count === 0) return failed(`The objective neither reported ${metric} nor returned a number.`)
  return { status: 'finished', value, reason: '' }
}

export function failed(reason: string): TrialOutcome {
  return { status: 'failed', value: Number.NaN, reason }
}

async function end(run: Run, outcome: TrialOutcome, stopped: StopOrder | null): Promise<void> {
  if (outcome.status === 'failed') run.setTag('error', outcome.reason)
  else run.summary({ objective: outcome.value })
  if (stopped !== null && outcome.status !== 'failed') {
    run.setTag('stopped', stopped.by)
    run.mark(stopped.words)
  }
  // Whatever the answer is, nothing is lost while this thread lives.
  await run.finish(outcome.status === 'failed' ? 'failed' : 'finished')
}

/** What was thrown, in words; never throws itself. */
export function wordsOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? thrown.message || thrown.name : String(thrown)
  } catch {
    return 'something unreadable was thrown'
  }
}
