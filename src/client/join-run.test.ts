import { afterEach, beforeEach, expect, it, vi, type MockInstance } from 'vitest'
import { bornWith, type Params } from '../model/run.ts'
import { err, ok } from '../model/result.ts'
import type { RunDetail } from '../protocol/runs-api.ts'
import { trackerError } from '../protocol/tracker-error.ts'
import { createRun } from './create-run.ts'
import { createUplink } from './create-uplink.ts'
import type { RunOptions } from './run-options.ts'
import { createFakeStore } from './store.fixture.ts'
import type { RunApi } from './stored-artifacts.ts'

let warned: MockInstance

beforeEach(() => {
  warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
})
afterEach(() => vi.restoreAllMocks())

/** What is stored of a run that logged up to some steps. */
function stored(id: string, lastSteps: readonly number[], params: Params = {}): RunDetail {
  const birth = bornWith({ id, name: 'warm-otter-14', startedAt: 1_700_000_000_000 })
  const series = lastSteps.map((maxStep, index) => ({ key: `m${index}`, maxStep }))
  return {
    run: { ...birth, experimentId: 'e', status: 'finished', endedAt: 1_700_000_000_500, archivedAt: null },
    experimentName: 'test',
    params,
    paramChanges: {},
    tags: {},
    summary: {},
    series: series as unknown as RunDetail['series'],
    arrays: [],
    refusals: [],
    events: [],
  }
}

function start(
  options: Partial<RunOptions> & { readonly id: string },
  answer: RunDetail | 'unknown' | 'silent',
) {
  const store = createFakeStore()
  const uplink = createUplink({ ingest: store.ingest, lock: 'a lock', onTrackerEvent: () => () => {} })
  const readRun: RunApi['readRun'] = async () => {
    if (typeof answer !== 'string') return ok(answer)
    return err(trackerError(answer === 'silent' ? 'interrupted' : 'unknown-run', 'None.'))
  }
  const run = createRun({ experiment: 'test', ...options }, uplink, () => ({ ...store.artifacts, readRun }))
  const steps = (key: string): readonly number[] => store.points(run.id, key).map(([step]) => step)
  return { store, run, steps }
}

it('counts on where a resumed run ended, also what is logged before that is known', async () => {
  const { store, run, steps } = start({ id: 'a', resume: true }, stored('a', [41, 99.5]))
  run.log({ loss: 1 })
  run.log({ loss: 2, acc: 1, grad: Float32Array.of(1, 2) })
  run.log({ loss: 3 }, { step: 7 })
  run.log({ loss: 4 })
  await run.flush()
  run.log({ loss: 5 }, { step: 200 })
  run.log({ loss: 6 })
  await run.finish()
  expect(steps('loss')).toEqual([100, 101, 7, 8, 200, 201])
  expect(steps('acc')).toEqual([101])
  const arrays = store.batches.flatMap((batch) => batch.arrays ?? [])
  expect(arrays.map((array) => [...array.steps])).toEqual([[101]])
  expect(warned).not.toHaveBeenCalled()
})

it('notes no step that is not known yet', async () => {
  const { store, run } = start({ id: 'b', resume: true }, stored('b', [9]))
  run.log({ loss: 1 })
  run.mark('early')
  await run.flush()
  run.mark('late')
  await run.flush()
  const events = store.changes.flatMap((change) => (change.type === 'addEvents' ? change.events : []))
  expect(events.map(({ text, step }) => [text, step])).toEqual([
    ['early', null],
    ['late', 10],
  ])
})

it('tells the stored name and params of a resumed run, and what is added', async () => {
  const options = { id: 'c', resume: true, params: { epochs: 3 } }
  const { run } = start(options, stored('c', [], { lr: 0.1, epochs: 2 }))
  await run.flush()
  expect(run.name).toBe('warm-otter-14')
  expect(run.params).toEqual({ lr: 0.1, epochs: 3 })
})

it('says that a name is not taken over by a run that has one', async () => {
  const { run } = start({ id: 'd', resume: true, name: 'mine' }, stored('d', []))
  await run.flush()
  expect(run.name).toBe('warm-otter-14')
  expect(warned.mock.calls).toEqual([[expect.stringContaining('call run.setName')]])
})

it('begins at 0 where there is nothing to resume', async () => {
  const { run, steps } = start({ id: 'e', resume: true, name: 'mine' }, 'unknown')
  run.log({ loss: 1 })
  await run.flush()
  expect([run.name, steps('loss')]).toEqual(['mine', [0]])
})

it('keeps what is logged, and says so, where nobody tells where a run ended', async () => {
  const { run, steps } = start({ id: 'f', resume: true }, 'silent')
  run.log({ loss: 1 })
  await run.finish()
  expect(steps('loss')).toEqual([0])
  expect(warned.mock.calls).toEqual([[expect.stringContaining('pass firstStep')]])
})

it('says that an id is taken when it is not resumed, on the console and on the run', async () => {
  const { store, run, steps } = start({ id: 'g' }, stored('g', [9]))
  run.log({ loss: 1 })
  await vi.waitFor(() => expect(warned).toHaveBeenCalled())
  await run.flush()
  expect(warned.mock.calls).toEqual([
    [expect.stringMatching(/id g, which the run warm-otter-14 has.*resume: true/)],
  ])
  const events = store.changes.flatMap((change) => (change.type === 'addEvents' ? change.events : []))
  expect(events).toMatchObject([{ kind: 'mark', text: expect.stringContaining('without resume') }])
  expect(steps('loss')).toEqual([0])
})
