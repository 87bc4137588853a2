import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { NO_POINTS } from '../../src/model/log-batch.ts'
import { err, ok } from '../../src/model/result.ts'
import type { TrackerApi } from '../../src/protocol/tracker-api.ts'
import { SILENT_OWNER } from './gates.ts'
import { makeRouter } from './router.ts'

const BATCH = { clientId: 'c', sequence: 1, firstUnacknowledged: 1, changes: [], points: NO_POINTS }

/** An owner that records what reaches it and answers only while it lives. */
function makeOwner(alive: boolean): { api: TrackerApi; asked: unknown[][] } {
  const asked: unknown[][] = []
  const answer =
    (name: string) =>
    (...args: unknown[]): Promise<unknown> => {
      asked.push([name, ...args])
      return alive ? Promise.resolve(ok(name)) : new Promise(() => undefined)
    }
  const api = new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : answer(String(name))) })
  return { api: api as TrackerApi, asked }
}

/** Runs a full collection, after what was held only by the present task is let go. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  await new Promise((resolve) => setTimeout(resolve, 0))
  if (typeof collect === 'function') collect()
}

describe('router', () => {
  it('keeps calls until there is an owner', async () => {
    const router = makeRouter()
    const answer = router.api.readExperiments('own')
    const owner = makeOwner(true)
    router.routeTo(owner.api)
    expect(await answer).toEqual(ok('readExperiments'))
  })

  it('asks a new owner what the dead one did not answer, in order', async () => {
    const router = makeRouter()
    const dead = makeOwner(false)
    router.routeTo(dead.api)
    const answers = ['a', 'b', 'c'].map((database) => router.api.readExperiments(database))
    await Promise.resolve()
    const next = makeOwner(true)
    router.routeTo(next.api)
    await Promise.all(answers)
    expect(next.asked.map((call) => call[1])).toEqual(['a', 'b', 'c'])
  })

  it('does not let a later call overtake one that is asked again', async () => {
    const router = makeRouter()
    router.routeTo(makeOwner(false).api)
    const early = router.api.readExperiments('early')
    await new Promise((resolve) => setTimeout(resolve, 1))
    const next = makeOwner(true)
    router.routeTo(next.api)
    await new Promise((resolve) => setTimeout(resolve, 0))
    const late = router.api.readExperiments('late')
    await Promise.all([early, late])
    expect(next.asked.map((call) => call[1])).toEqual(['early', 'late'])
  })

  it('keeps nothing of a call that was answered', async () => {
    const router = makeRouter()
    const answers: WeakRef<object>[] = []
    const owner: Partial<TrackerApi> = {
      readExperiments() {
        const rows: [] = []
        answers.push(new WeakRef(rows))
        return Promise.resolve(ok(rows))
      },
    }
    router.routeTo(owner as TrackerApi)
    for (let call = 0; call < 10; call += 1) await router.api.readExperiments('own')
    await collectGarbage()
    expect(answers.filter((answer) => answer.deref() !== undefined)).toEqual([])
  })

  it('does not take a route that changed in the turn it was awaited in', async () => {
    const router = makeRouter()
    const closed = makeOwner(true)
    router.routeTo(closed.api)
    const answer = router.api.readExperiments('own')
    const next = makeOwner(true)
    router.routeTo(next.api)
    expect(await answer).toEqual(ok('readExperiments'))
    expect(closed.asked).toEqual([])
  })

  it('says that a long job was interrupted rather than starting it again', async () => {
    const router = makeRouter()
    router.routeTo(makeOwner(false).api)
    const job = router.api.closeFile('x')
    const opening = router.api.openFile({ jobId: '1', fileName: 'a.db', file: new Blob([]) })
    await new Promise((resolve) => setTimeout(resolve, 1))
    router.routeTo(makeOwner(true).api)
    expect(await job).toEqual(ok('closeFile'))
    expect(await opening).toMatchObject({ ok: false, error: { code: 'interrupted' } })
  })

  it('answers batches with an error while the owner is silent, and leaves reads to wait', async () => {
    const router = makeRouter()
    router.routeTo(makeOwner(false).api)
    const under = router.api.ingest(BATCH)
    const read = router.api.readExperiments('own')
    await Promise.resolve()
    router.refuseBatches(SILENT_OWNER)
    expect(await under).toEqual(err(SILENT_OWNER))
    expect(await router.api.ingest(BATCH)).toEqual(err(SILENT_OWNER))
    router.refuseBatches(null)
    const next = makeOwner(true)
    router.routeTo(next.api)
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect(await router.api.ingest(BATCH)).toEqual(ok('ingest'))
    expect(await read).toEqual(ok('readExperiments'))
    expect(next.asked.map(([name]) => name)).toEqual(['ingest', 'readExperiments', 'ingest'])
  })

  it('lets calls wait between a lost owner and the next, and counts them', async () => {
    const router = makeRouter()
    router.routeTo(makeOwner(false).api)
    const early = router.api.readExperiments('early')
    await Promise.resolve()
    router.leave()
    await new Promise((resolve) => setTimeout(resolve, 0))
    const late = router.api.readExperiments('late')
    expect(router.waiting).toBe(2)
    const next = makeOwner(true)
    router.routeTo(next.api)
    await Promise.all([early, late])
    expect(next.asked.map((call) => call[1])).toEqual(['early', 'late'])
    expect(router.waiting).toBe(0)
  })
})
