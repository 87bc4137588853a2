import { readFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createUplink } from '../client/create-uplink.ts'
import { createFakeStore, type FakeStore } from '../client/store.fixture.ts'
import { createRun } from '../client/create-run.ts'
import type { Run } from '../client/run.ts'
import { trainCartPole } from './train-cartpole.ts'
import { trainDigits } from './train-digits.ts'
import { isTrainingOrder, isTrainingReport } from './training-messages.ts'
import { trackRun, type TrainingContext } from './training.ts'

let store: FakeStore
let runs: Run[]
let stopper: AbortController
let context: TrainingContext

beforeEach(() => {
  store = createFakeStore()
  runs = []
  stopper = new AbortController()
  const uplink = createUplink({ ingest: store.ingest, lock: 'a lock', onTrackerEvent: () => () => {} })
  context = {
    init(options) {
      const run = createRun(options, uplink, () => store.artifacts)
      runs.push(run)
      return run
    },
    signal: stopper.signal,
    readFile: (path) =>
      Promise.resolve(new Uint8Array(readFileSync(new URL(`../../public/${path}`, import.meta.url)))),
  }
})

/** Stops the training as soon as the store has seen a metric. */
function stopAfterFirst(key: string): () => void {
  const timer = setInterval(() => {
    if (runs.some((run) => store.points(run.id, key).length > 0)) stopper.abort()
  }, 5)
  return () => clearInterval(timer)
}

const TRAININGS = [
  { name: 'digits', train: trainDigits, key: 'batch/loss' },
  { name: 'cartpole', train: trainCartPole, key: 'episode/return' },
]

describe.each(TRAININGS)('$name', ({ name, train, key }) => {
  it('ends its run well when it is stopped, and leaves no tensor behind', { timeout: 30_000 }, async () => {
    await tf.setBackend('cpu')
    const before = tf.memory().numTensors
    const cleanUp = stopAfterFirst(key)
    await train(context)
    cleanUp()
    expect(runs).toHaveLength(1)
    expect(runs[0]?.refusedCount).toBe(0)
    expect(store.changes[0]).toMatchObject({ type: 'startRun', run: { experiment: { name } } })
    expect(store.changes).toContainEqual(
      expect.objectContaining({ type: 'setTags', tags: { stopped_by: 'user' } }),
    )
    expect(store.changes.at(-1)).toMatchObject({ type: 'endRun', status: 'finished' })
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('a tracked run', () => {
  it('is marked failed, with the reason, when the training throws', async () => {
    const training = trackRun(context, { experiment: 'test' }, () =>
      Promise.reject(new Error('out of memory')),
    )
    await expect(training).rejects.toThrow('out of memory')
    expect(store.changes.slice(1)).toMatchObject([
      { type: 'setTags', tags: { error: 'out of memory' } },
      { type: 'endRun', status: 'failed' },
    ])
  })

  it('does not end before its last points are durable', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    store.blockedBy = 'storage-full'
    let ended = false
    const training = trackRun(context, { experiment: 'test' }, (run) =>
      Promise.resolve(run.log({ loss: 1 })),
    ).then(() => (ended = true))
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(ended).toBe(false)
    store.blockedBy = null
    await training
    expect(store.points(runs[0]?.id ?? '', 'loss')).toHaveLength(1)
    vi.restoreAllMocks()
  })

  it('says which file is wrong', async () => {
    const broken = { ...context, readFile: () => Promise.resolve(new Uint8Array(7)) }
    await expect(trainDigits(broken)).rejects.toThrow('digits.bin holds 7 bytes')
    expect(runs).toEqual([])
  })
})

describe('messages between page and worker', () => {
  it('are taken for what they are', () => {
    expect(isTrainingOrder({ type: 'start', id: 'iris', base: 'http://x/' })).toBe(true)
    expect(isTrainingOrder({ type: 'lane', id: 'iris', base: 'http://x/' })).toBe(true)
    expect(isTrainingOrder({ type: 'stop' })).toBe(true)
    expect(isTrainingReport({ type: 'failed', message: 'why' })).toBe(true)
    expect(isTrainingReport({ type: 'began', runId: 'r' })).toBe(true)
    for (const odd of [
      null,
      'stop',
      {},
      { type: 'start' },
      { type: 'failed' },
      { type: 'began' },
      { type: 'start', id: 1, base: '' },
    ]) {
      expect(isTrainingOrder(odd)).toBe(false)
      expect(isTrainingReport(odd)).toBe(false)
    }
  })
})
