import type { Result } from '../model/result.ts'
import type { TrackerError } from '../protocol/tracker-error.ts'
import { connectTracker } from './connect.ts'
import type { ForkedRun, ForkOptions } from './fork-run.ts'
import { init } from './create-run.ts'
import { scopeUplink } from './uplink.ts'

/**
 * Starts a run that goes on from another, by the id of the run or by one of its checkpoints, such as `checkpoint:best`:
 *
 * `const forked = await forkRun(runId, { params: { lr: 0.001 } })`
 *
 * It finds the newest checkpoint at or before the step, notes that it was used, and counts steps on from there. Experiment,
 * group and params are the parent's, unless others are passed. A name is looked for in the experiment that is passed, else in all.
 * Errors: `unknown-run` when there is nothing of that name, `unknown-artifact` when several experiments have
 * one, or several versions of it that do not compare: the message says what to write instead.
 */
export async function forkRun(
  source: string,
  options: ForkOptions = {},
): Promise<Result<ForkedRun, TrackerError>> {
  const { forkRunOf } = await import('./fork-run.ts')
  await scopeUplink().flush()
  return forkRunOf(connectTracker().api, init, source, options)
}
