import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest'
import { ok, type Result } from '../model/result.ts'
import type { TrackerError } from '../protocol/tracker-error.ts'
import { createRun } from './create-run.ts'
import { createUplink } from './create-uplink.ts'
import { createFakeStore } from './store.fixture.ts'
import { keepUnderWay, PATIENCE_MS } from './run-work.ts'
import { toMediaValue, type Prepared } from './media-value.ts'
import { MEDIA_LATE_MS } from './value-log.ts'

let warned: MockInstance

beforeEach(() => {
  vi.useFakeTimers()
  warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

function deferred<T>(): { readonly promise: Promise<T>; resolve(value: T): void } {
  const waiting: ((value: T) => void)[] = []
  const promise = new Promise<T>((settle) => void waiting.push(settle))
  return { promise, resolve: (value) => waiting.forEach((settle) => settle(value)) }
}

function start() {
  const store = createFakeStore()
  const uplink = createUplink({ ingest: store.ingest, lock: 'a lock', onTrackerEvent: () => () => {} })
  const { promise: uploaded, resolve } = deferred<void>()
  const artifacts = {
    ...store.artifacts,
    async storeArtifact(request: Parameters<typeof store.artifacts.storeArtifact>[0]) {
      await uploaded
      return store.artifacts.storeArtifact(request)
    },
  }
  const run = createRun({ experiment: 'test' }, uplink, () => artifacts)
  return { store, run, endUpload: resolve }
}

/** Whether something is done once all is done that does not wait for time. */
async function isDone(work: Promise<unknown>): Promise<boolean> {
  let done = false
  void work.then(() => (done = true))
  await vi.advanceTimersByTimeAsync(10)
  return done
}

const waits = {
  flush: (run: ReturnType<typeof start>['run']) => run.flush(),
  finish: (run: ReturnType<typeof start>['run']) => run.finish(),
}

describe.each(Object.entries(waits))('%s', (name, wait) => {
  it('waits for an upload', async () => {
    const { run, endUpload } = start()
    void run.logArtifact('weights', 'bytes')
    const waiting = wait(run)
    expect(await isDone(waiting)).toBe(false)
    endUpload()
    expect(await isDone(waiting)).toBe(true)
  })

  it('waits for a dataset that is digested and for code that is stored', async () => {
    const { run, store, endUpload } = start()
    void run.logDataset('iris', [{ a: 1 }])
    void run.captureCode({ source: 'let a = 1' })
    endUpload()
    vi.useRealTimers()
    expect(await wait(run)).toMatchObject({ ok: true })
    expect(store.uploads.map(({ name }) => name)).toEqual(['code'])
    const environments = JSON.stringify(store.changes.filter(({ type }) => type === 'setEnvironment'))
    expect([environments.includes('iris'), environments.includes('digest')]).toEqual([true, true])
  })

  it('waits for an integration, but not for ever, and says so', async () => {
    const { run } = start()
    void keepUnderWay(run, `a model before ${name}`, new Promise(() => {}))
    const waiting = wait(run)
    expect(await isDone(waiting)).toBe(false)
    await vi.advanceTimersByTimeAsync(PATIENCE_MS)
    expect(await waiting).toMatchObject({ ok: true })
    expect(String(warned.mock.calls)).toContain(`a model before ${name} has taken more than a minute`)
  })

  it('waits for what is shown, and refuses by name what is never ready', async () => {
    const { run } = start()
    run.log({ film: toMediaValue(new Promise<Prepared>(() => {})) })
    const waiting = wait(run)
    await vi.advanceTimersByTimeAsync(MEDIA_LATE_MS / 2)
    expect(await isDone(waiting)).toBe(false)
    await vi.advanceTimersByTimeAsync(MEDIA_LATE_MS / 2)
    expect(await waiting).toMatchObject({ ok: true })
    expect(run.refusedCount).toBe(1)
  })
})

describe('what is shown', () => {
  it('has time as long as others of the same run become ready', async () => {
    const { run } = start()
    const films = Array.from({ length: 3 }, () => deferred<Prepared>())
    for (const { promise } of films) run.log({ film: toMediaValue(promise) })
    const picture = { data: new Uint8Array(1), dtype: 'uint8', shape: [1] } as const
    const waiting: Promise<Result<unknown, TrackerError>> = run.finish()
    for (const { resolve } of films) {
      await vi.advanceTimersByTimeAsync(MEDIA_LATE_MS * 0.8)
      resolve(ok(picture))
    }
    expect(await waiting).toMatchObject({ ok: true })
    expect(run.refusedCount).toBe(0)
  })
})
