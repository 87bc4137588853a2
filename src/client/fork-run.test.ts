import { describe, expect, it } from 'vitest'
import type { Artifact } from '../model/artifact.ts'
import { err, ok } from '../model/result.ts'
import { trackerError } from '../protocol/tracker-error.ts'
import type { RunDetail } from '../protocol/runs-api.ts'
import { createUplink } from './create-uplink.ts'
import { createFakeStore } from './store.fixture.ts'
import type { RunApi } from './stored-artifacts.ts'
import { forkRunOf, type ForkOptions } from './fork-run.ts'
import { createRun } from './create-run.ts'

const PARENT = {
  run: { id: 'parent', groupName: 'fold', jobType: null },
  experimentName: 'digits',
  params: { lr: 0.1, units: 8 },
  series: [{ maxStep: 120 }, { maxStep: 100 }],
} as unknown as RunDetail

function artifact(version: number, step: number, more: Partial<Artifact> = {}): Artifact {
  return {
    id: `a${version}`,
    experimentId: 'e',
    runId: 'parent',
    name: 'checkpoint',
    version,
    type: 'model',
    step,
    files: [],
    aliases: [],
    heldAliases: [],
    usedBy: [],
    removedAt: null,
    erasedAt: null,
    ...more,
  } as unknown as Artifact
}

const ARTIFACTS = [
  artifact(1, 40),
  artifact(2, 80, { aliases: ['best'] }),
  artifact(3, 110),
  artifact(4, 119, { erasedAt: 5 }),
  artifact(5, 118, { runId: 'other' }),
  artifact(6, 117, { name: 'weights' }),
]

const EXPERIMENTS = [
  { id: 'e', name: 'digits' },
  { id: 'f', name: 'letters' },
]

async function fork(source: string, options: ForkOptions = {}, artifacts = ARTIFACTS) {
  const store = createFakeStore()
  const uplink = createUplink({ ingest: store.ingest, lock: 'a lock', onTrackerEvent: () => () => {} })
  const api: RunApi = {
    ...store.artifacts,
    readExperiments: () => Promise.resolve(ok(EXPERIMENTS as never)),
    readArtifacts: () => Promise.resolve(ok({ artifacts } as never)),
    readRun: ({ runId }) =>
      Promise.resolve(runId === 'parent' ? ok(PARENT) : err(trackerError('unknown-run', 'not here'))),
  }
  const forked = await forkRunOf(api, (given) => createRun(given, uplink, () => api), source, options)
  if (forked.ok) {
    forked.value.run.log({ loss: 1 })
    await forked.value.run.flush()
  }
  return { forked, store }
}

describe('a fork', () => {
  it('goes on from the newest checkpoint that is there, with what its parent had', async () => {
    const { forked, store } = await fork('parent', { params: { lr: 0.01 } })
    expect(forked).toMatchObject({ ok: true, value: { step: 110, checkpoint: { id: 'a3' } } })
    expect(store.changes).toMatchObject([
      {
        type: 'startRun',
        run: {
          experiment: { name: 'digits' },
          groupName: 'fold',
          params: { lr: 0.01, units: 8 },
          parentRunId: 'parent',
          forkedAtStep: 110,
        },
      },
      { type: 'useArtifact', artifactId: 'a3' },
    ])
    expect(store.points(runOf(store), 'loss')[0]?.[0]).toBe(111)
  })

  it('takes the checkpoint at or before a step', async () => {
    expect((await fork('parent', { step: 80 })).forked).toMatchObject({ value: { step: 80 } })
    expect((await fork('parent', { step: 79 })).forked).toMatchObject({
      value: { step: 40, checkpoint: { id: 'a1' } },
    })
    expect((await fork('parent', { step: 20 })).forked).toMatchObject({
      value: { step: 20, checkpoint: null },
    })
    expect((await fork('parent', {}, [])).forked).toMatchObject({ value: { step: 120, checkpoint: null } })
  })

  it('goes on from an artifact by its name', async () => {
    expect((await fork('checkpoint:best')).forked).toMatchObject({
      value: { step: 80, checkpoint: { id: 'a2' } },
    })
  })

  it('takes a name from the experiment that is passed, though another has it too', async () => {
    const shared = [artifact(9, 7, { experimentId: 'f', aliases: ['best'] }), ...ARTIFACTS]
    for (const experiment of ['digits', 'letters']) {
      const { forked } = await fork('checkpoint:best', { experiment }, shared)
      expect(forked).toMatchObject({
        value: { checkpoint: { id: experiment === 'digits' ? 'a2' : 'a9' } },
      })
    }
  })

  it('refuses a name that several experiments have, and takes the id of one', async () => {
    const shared = [artifact(9, 7, { experimentId: 'f', aliases: ['best'] }), ...ARTIFACTS]
    const { forked } = await fork('checkpoint:best', {}, shared)
    expect(forked).toMatchObject({
      ok: false,
      error: { code: 'unknown-artifact', message: expect.stringContaining('a9, a2') },
    })
    expect((await fork('a9', {}, shared)).forked).toMatchObject({ value: { checkpoint: { id: 'a9' } } })
    expect((await fork('a9', { experiment: 'digits' }, shared)).forked).toMatchObject({
      value: { checkpoint: { id: 'a9' } },
    })
  })

  it('takes nothing from another experiment than the one that is passed', async () => {
    const { forked } = await fork('checkpoint:best', { experiment: 'letters' })
    expect(forked).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('in the experiment letters') },
    })
  })

  it('says when there is nothing to go on from', async () => {
    const { forked } = await fork('checkpoint:worst')
    expect(forked).toMatchObject({ ok: false, error: { code: 'unknown-run' } })
  })
})

function runOf(store: ReturnType<typeof createFakeStore>): string {
  return store.changes.flatMap((change) => (change.type === 'startRun' ? [change.run.id] : []))[0] ?? ''
}
