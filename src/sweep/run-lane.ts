import { init } from '../client/index.ts'
import { holdForLife } from '../model/web-lock.ts'
import { scopeUplink } from '../client/uplink.ts'
import type { Params } from '../model/run.ts'
import { createId } from '../model/units.ts'
import { isLaneOrder, type LaneReport } from './lane-messages.ts'
import { startTrial, type RunningTrial } from './run-trial.ts'
import type { Objective, TrialOrder } from './trial.ts'

/**
 * Makes a worker a lane of a sweep: it runs the trials it is given, one after the other, each as a run of its own.
 *
 * Let the training breathe (await something other than a promise that is resolved already), else it cannot be told to stop.
 */
export function runLane<P = Params>(objective: Objective<P>): void {
  const lock = `kymo-lane-${createId()}`
  let trial: RunningTrial | null = null

  self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!isLaneOrder(data)) return
    if (data.kymoLane === 'trial') void start(data.order)
    else if (data.kymoLane === 'stop') trial?.stop(data.stop)
    else void close()
  })

  async function start(order: TrialOrder): Promise<void> {
    trial = startTrial(init, order, objective as Objective<Params>, {
      onStarted: (runId) => tell({ kymoLane: 'started', runId }),
      onReport: (value, step) => tell({ kymoLane: 'reported', value, step }),
    })
    const outcome = await trial.outcome
    trial = null
    tell({ kymoLane: 'ended', outcome })
  }

  // Held first, else the sweep would find it free and take the lane for dead.
  holdForLife(lock, () => tell({ kymoLane: 'ready', lock }))
}

function tell(report: LaneReport): void {
  self.postMessage(report)
}

/** Between attempts to store the last points while there is no room for them. */
const STORE_AGAIN_MS = 2_000

/** A worker that ended before everything it logged is durable would take it along. */
async function close(): Promise<void> {
  for (let stored = await scopeUplink().flush(); !stored.ok; stored = await scopeUplink().flush())
    await new Promise((resolve) => setTimeout(resolve, STORE_AGAIN_MS))
  tell({ kymoLane: 'closed' })
}
