import { createRun } from '../client/create-run.ts'
import { createUplink } from '../client/create-uplink.ts'
import type { RunOptions } from '../client/run-options.ts'
import { createFakeStore, type FakeStore } from '../client/store.fixture.ts'
import type { RunStart } from '../model/log-batch.ts'
import { ok } from '../model/result.ts'
import { createThreadLane } from './lane.ts'
import { choice, uniform } from './space.ts'
import { startSweep, type Sweep, type SweepSurroundings } from './start-sweep.ts'
import type { StoredTrials } from './stored-trials.ts'
import { parseSweep, type SweepOptions } from './sweep-options.ts'

export const BASE = {
  experiment: 'test',
  name: 'my sweep',
  params: { x: uniform(0, 1), model: choice(['a', 'b']), batch: 16 },
  method: 'random',
  metric: 'loss',
  direction: 'min',
  runs: 6,
} as const

/** What a sweep runs in: a store that is none, what is stored of it already, and lanes in this thread. */
export interface SweepStage {
  readonly store: FakeStore
  stored: StoredTrials
  around: SweepSurroundings
}

export function createStage(): SweepStage {
  const store = createFakeStore()
  const uplink = createUplink({ ingest: store.ingest, lock: 'a lock', onTrackerEvent: () => () => {} })
  const init = (options: RunOptions) => createRun(options, uplink)
  const stage: SweepStage = {
    store,
    stored: { ended: [], interrupted: [] },
    around: {
      openLane: (work) => createThreadLane('objective' in work ? work.objective : () => undefined, init),
      claim: () => Promise.resolve(() => {}),
      readStored: () => Promise.resolve(ok(stage.stored)),
      explainCrash: () => Promise.resolve(),
    },
  }
  return stage
}

export function sweepOn({ around }: SweepStage, options: Partial<SweepOptions>): Sweep {
  const plan = parseSweep({ ...BASE, ...options })
  if (!plan.ok) throw new Error(plan.error.join(' '))
  return startSweep(plan.value, around)
}

export function startedOn({ store }: SweepStage): readonly RunStart[] {
  return store.changes.flatMap((change) => (change.type === 'startRun' ? [change.run] : []))
}
