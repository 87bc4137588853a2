import { init } from '../client/index.ts'
import { scopeUplink } from '../client/uplink.ts'
import { warnOnce } from '../client/warn.ts'
import { err } from '../model/result.ts'
import { claimSweep } from './claim.ts'
import { createThreadLane } from './lane.ts'
import { startSweep, type Sweep, type SweepSurroundings } from './start-sweep.ts'
import type { SweepParams } from './space.ts'
import { readStoredTrials } from './stored-trials.ts'
import { parseSweep, type SweepOptions } from './sweep-options.ts'
import { openWorkerLane } from './worker-lane.ts'

const HERE: SweepSurroundings = {
  openLane: (work) =>
    'objective' in work ? createThreadLane(work.objective, init) : openWorkerLane(work.openWorker),
  claim: claimSweep,
  readStored: readStoredTrials,
  async explainCrash(runId, reason) {
    // A run that died before it was stored has nothing to explain.
    await scopeUplink().commit([{ type: 'setTags', runId, tags: { error: reason } }])
  },
}

/**
 * Tries params until `runs` trials have ended, each as a run of the experiment, in the group of the sweep's name.
 *
 * Starts at once and never throws: options that make no sense are told by `done`, and on the console.
 */
export function createSweep<const S extends SweepParams>(options: SweepOptions<S>): Sweep {
  const plan = parseSweep(options)
  if (plan.ok) return startSweep(plan.value, HERE)
  const problem = plan.error.join(' ')
  warnOnce(`the sweep did not start. ${problem}`)
  return notStarted(problem)
}

function notStarted(problem: string): Sweep {
  return {
    name: '',
    progress: { state: 'ended', runs: 0, done: 0, running: 0, stopped: 0, failed: 0, best: null },
    onProgress: () => () => {},
    pause() {},
    resume() {},
    cancel() {},
    done: Promise.resolve(err(problem)),
  }
}
