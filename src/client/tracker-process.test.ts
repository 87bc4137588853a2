import { afterEach, expect, it, vi } from 'vitest'
import { toTrackerProcess } from './tracker-process.ts'

type Grant = () => void

/** A worker as its starter sees it. */
class FakeWorker extends EventTarget {
  readonly postMessage = vi.fn<() => void>()
  readonly terminate = vi.fn<() => void>()
  say(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
}

function watch() {
  const worker = new FakeWorker()
  const died = vi.fn<(reason: string) => void>()
  toTrackerProcess(worker as unknown as Worker).onDeath?.(died)
  return { worker, died }
}

/** Locks that somebody else holds until `free` is called. */
function stubLocks() {
  const waiting = new Map<string, Grant>()
  const request = (name: string, _: LockOptions, granted: Grant): Promise<void> =>
    new Promise((resolve) => {
      waiting.set(name, () => {
        granted()
        resolve()
      })
    })
  vi.stubGlobal('navigator', { locks: { request } })
  return waiting
}

afterEach(() => vi.unstubAllGlobals())

it('hears of the death of a worker by the lock it held', () => {
  const locks = stubLocks()
  const { worker, died } = watch()
  worker.say({ type: 'lives', workerId: 'w1' })
  expect(died).not.toHaveBeenCalled()
  locks.get('kymo:worker:w1')?.()
  expect(died).toHaveBeenCalledOnce()
})

it('takes answers of the tracker for what they are', () => {
  const locks = stubLocks()
  const { worker, died } = watch()
  for (const data of [null, 'lives', { id: '1', type: 'RAW' }, { type: 'lives' }]) worker.say(data)
  expect(locks.size).toBe(0)
  expect(died).not.toHaveBeenCalled()
})

it('makes do without locks', async () => {
  for (const navigator of [{}, { locks: { request: () => Promise.reject(new Error('SecurityError')) } }]) {
    vi.stubGlobal('navigator', navigator)
    const { worker, died } = watch()
    worker.say({ type: 'lives', workerId: 'w1' })
    await Promise.resolve()
    expect(died).not.toHaveBeenCalled()
  }
})
