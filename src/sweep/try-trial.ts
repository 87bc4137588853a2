import type { Lane, LaneOutcome } from './lane.ts'
import type { SweepPlan } from './sweep-options.ts'
import { lossOf, type StopOrder, type Trial, type TrialListener, type TrialOrder } from './trial.ts'

export const CANCELLED: StopOrder = { by: 'cancelled', words: 'the sweep was cancelled' }

/** What a trial under way tells the sweep, and hears of it. */
interface TrialSurroundings {
  keep(trial: Trial): void
  isCancelled(): boolean
}

/** Runs one trial on a lane, and has it stopped where it is not worth going on with. `trial` knows its run, if it got one. */
export async function tryTrial(
  lane: Lane,
  plan: SweepPlan,
  first: Trial,
  { keep, isCancelled }: TrialSurroundings,
): Promise<{ readonly trial: Trial; readonly outcome: LaneOutcome }> {
  let trial = first
  let isStopped = false
  keep(trial)
  const listener: TrialListener = {
    onStarted(runId) {
      trial = { ...trial, runId }
      keep(trial)
    },
    onReport(value, step) {
      const words = isStopped ? null : plan.stopper?.report(trial.number, step, lossOf(value, plan.direction))
      if (typeof words !== 'string' || plan.stopper === null) return
      isStopped = true
      lane.stop({ by: plan.stopper.rule, words })
    },
  }
  const ending = lane.run(orderOf(plan, trial), listener)
  if (isCancelled()) lane.stop(CANCELLED)
  const outcome = await ending
  plan.stopper?.end(trial.number, outcome.status === 'finished' || outcome.status === 'stopped')
  return { trial, outcome }
}

function orderOf({ experiment, name, metric, direction, facts }: SweepPlan, trial: Trial): TrialOrder {
  return {
    params: trial.params,
    metric,
    direction,
    options: {
      experiment,
      name: `trial ${trial.number}`,
      group: name,
      jobType: 'sweep',
      tags: { sweep: name, trial: String(trial.number) },
      environment: { sweep: facts },
    },
  }
}
