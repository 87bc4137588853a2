import { init } from '../client/index.ts'
import type { Run } from '../client/run.ts'
import type { RunOptions } from '../client/run-options.ts'
import { nextTask } from '../model/event-loop.ts'
import { ok, type Result } from '../model/result.ts'
import type { Params } from '../model/run.ts'
import { startTrial, type RunningTrial } from './run-trial.ts'
import type { Objective, StopOrder, TrialListener, TrialOrder, TrialOutcome } from './trial.ts'

/** How a trial ended, or that its lane died under it. */
export type LaneOutcome =
  | TrialOutcome
  | { readonly status: 'crashed'; readonly value: number; readonly reason: string }

/** Where trials run, one at a time. */
export interface Lane {
  /** Whether it can take trials, or why it cannot. Never rejects. */
  readonly ready: Promise<Result<null, string>>
  /** Never rejects. After a crash the lane is of no more use. */
  run(order: TrialOrder, listener: TrialListener): Promise<LaneOutcome>
  stop(order: StopOrder): void
  /** Resolves when what its trials logged is durable, and then it is gone. */
  close(): Promise<void>
  /** Gone at once, with what is not stored yet. */
  terminate(): void
}

/** A lane in this thread; what it logs is kept by the thread itself. */
export function createThreadLane(
  objective: Objective<Params>,
  start: (options: RunOptions) => Run = init,
): Lane {
  let trial: RunningTrial | null = null
  let early: StopOrder | null = null
  return {
    ready: Promise.resolve(ok(null)),
    async run(order, listener) {
      trial = null
      early = null
      // Objectives that never wait would else leave no moment for a pause or a click.
      await nextTask()
      trial = startTrial(start, order, objective, listener)
      if (early !== null) trial.stop(early)
      return trial.outcome
    },
    stop(order) {
      early ??= order
      trial?.stop(order)
    },
    close: () => Promise.resolve(),
    terminate() {},
  }
}
