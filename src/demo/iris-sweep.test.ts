import { readFile } from 'node:fs/promises'
import * as tf from '@tensorflow/tfjs'
import { beforeEach, describe, expect, it } from 'vitest'
import { createUplink } from '../client/create-uplink.ts'
import { createFakeStore, type FakeStore } from '../client/store.fixture.ts'
import { createRun } from '../client/create-run.ts'
import type { RunOptions } from '../client/run-options.ts'
import type { Params } from '../model/run.ts'
import { createThreadLane } from '../sweep/lane.ts'
import type { Objective } from '../sweep/sweep.ts'
import { startSweep } from '../sweep/start-sweep.ts'
import { parseSweep } from '../sweep/sweep-options.ts'
import { IRIS_SWEEP } from './iris-sweep.ts'
import { irisTrial } from './train-iris.ts'
import type { TrainingContext } from './training.ts'

/** Enough to learn, and soon over. */
const EPOCHS = 60

let store: FakeStore

beforeEach(() => {
  store = createFakeStore()
})

/** The sweep of the demo, in this thread. */
function startHere(
  runs: number,
  readFileOf: TrainingContext['readFile'] = async (path) =>
    new Uint8Array(await readFile(new URL(`../../public/${path}`, import.meta.url))),
) {
  const uplink = createUplink({ ingest: store.ingest, lock: 'a lock', onTrackerEvent: () => () => {} })
  const init = (options: RunOptions) => createRun(options, uplink)
  const objective = irisTrial(readFileOf) as unknown as Objective<Params>
  const params = { ...IRIS_SWEEP.params, epochs: EPOCHS }
  const plan = parseSweep({ ...IRIS_SWEEP, params, experiment: 'iris sweep', runs, lanes: 1, objective })
  if (!plan.ok) throw new Error(plan.error.join(' '))
  return startSweep(plan.value, {
    openLane: () => createThreadLane(objective, init),
    claim: () => Promise.resolve(() => {}),
    readStored: () => Promise.reject(new Error('nothing is resumed here')),
    explainCrash: () => Promise.resolve(),
  })
}

describe('the iris sweep', () => {
  it(
    'learns in every trial, judges it by what it reports, and leaves no tensor behind',
    { timeout: 60_000 },
    async () => {
      await tf.setBackend('cpu')
      const before = tf.memory().numTensors
      const end = await startHere(3).done
      if (!end.ok) throw new Error(end.error)
      expect(end.value.trials.map(({ status }) => status)).toEqual(['finished', 'finished', 'finished'])
      expect(end.value.best?.value).toBeLessThan(0.5)
      for (const { runId, value, params } of end.value.trials) {
        const losses = store.points(runId ?? '', 'val_loss').map(([, loss]) => loss)
        expect(losses).toHaveLength(EPOCHS)
        expect(value).toBe(Math.min(...losses))
        expect(Object.keys(params)).toEqual(expect.arrayContaining(['learning_rate', 'units', 'activation']))
      }
      expect(tf.memory().numTensors).toBe(before)
    },
  )

  it('ends its run well when it is stopped', { timeout: 60_000 }, async () => {
    await tf.setBackend('cpu')
    const before = tf.memory().numTensors
    const sweep = startHere(20)
    sweep.onProgress(({ running }) => {
      if (running > 0) setTimeout(() => sweep.cancel(), 100)
    })
    const end = await sweep.done
    expect(end.ok && end.value.isCancelled).toBe(true)
    expect(store.changes.filter((change) => change.type === 'startRun').length).toBeLessThan(20)
    expect(store.changes).toContainEqual(
      expect.objectContaining({ type: 'setTags', tags: { stopped: 'cancelled' } }),
    )
    expect(store.changes.at(-1)).toMatchObject({ type: 'endRun', status: 'finished' })
    expect(tf.memory().numTensors).toBe(before)
  })

  it('says which file is wrong', async () => {
    const end = await startHere(2, () => Promise.resolve(new Uint8Array(7))).done
    expect(end.ok ? '' : end.error).toContain(
      'All 2 trials failed. The last one said: iris.csv holds no flowers',
    )
  })
})
