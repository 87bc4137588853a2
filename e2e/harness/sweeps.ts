import { connectTracker } from '../../src/client/connect.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import {
  createSweep,
  int,
  logUniform,
  type Sweep,
  type SweepOptions,
  type SweepProgress,
  type Trial,
} from '../../src/sweep/sweep.ts'
import { isLaneReport } from '../../src/sweep/lane-messages.ts'
import { BAD_OBJECTIVES } from './sweep-objectives.ts'

/** What a sweep came to, as plain as it crosses to a test. */
export interface SweepAnswer {
  readonly error: string | null
  readonly trials: readonly Trial[]
  readonly best: Trial | null
}

let sweep: Sweep | null = null
let lanes: Worker[] = []

/** Starts a sweep in worker lanes over a made-up training. */
export function startSweep(options: Partial<SweepOptions>, steps: number, paceMs: number): void {
  lanes = []
  sweep = createSweep({
    experiment: 'bowl',
    name: 'the sweep',
    params: { lr: logUniform(1e-4, 1), seed: int(0, 1000), steps, paceMs },
    metric: 'loss',
    direction: 'min',
    lanes: 2,
    lane() {
      const worker = new Worker(new URL('./sweep-lane.worker.ts', import.meta.url), { type: 'module' })
      lanes.push(worker)
      return worker
    },
    ...options,
  })
}

export function progress(): SweepProgress | null {
  return sweep?.progress ?? null
}

export async function ended(): Promise<SweepAnswer> {
  const end = await sweep?.done
  if (end === undefined) throw new Error('No sweep was started.')
  return end.ok
    ? { error: null, trials: end.value.trials, best: end.value.best }
    : { error: end.error, trials: [], best: null }
}

/** Ends a worker as the system does, nobody is told: in the middle of a trial whose run is stored. */
export function killLane(index: number): Promise<void> {
  let tried: string | null = null
  return new Promise((resolve) => {
    async function killIn(runId: string): Promise<void> {
      const run = await connectTracker().api.readRun({ database: OWN_DATABASE, runId })
      if (!run.ok || tried !== runId) return
      lanes[index]?.terminate()
      resolve()
    }
    lanes[index]?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (!isLaneReport(data)) return
      if (data.kymoLane === 'started') tried = data.runId
      if (data.kymoLane === 'ended') tried = null
      if (data.kymoLane === 'reported' && tried !== null) void killIn(tried)
    })
  })
}

/** What is noted on the timeline of a run. */
export async function marksOf(runId: string): Promise<readonly string[]> {
  const run = await connectTracker().api.readRun({ database: OWN_DATABASE, runId })
  if (!run.ok) throw new Error(run.error.message)
  return run.value.events.filter(({ kind }) => kind === 'mark').map(({ text }) => text)
}

export const lanesOpened = (): number => lanes.length

/** Runs a sweep in the page that cannot come to anything, and tells what it says. */
export async function tryBadSweep(
  objective: keyof typeof BAD_OBJECTIVES,
  options: Record<string, unknown> = {},
): Promise<string | null> {
  sweep = createSweep({
    experiment: 'bad sweep',
    name: objective,
    params: { lr: logUniform(1e-4, 1) },
    metric: 'loss',
    direction: 'min',
    runs: 3,
    objective: BAD_OBJECTIVES[objective],
    ...options,
  })
  return (await ended()).error
}
