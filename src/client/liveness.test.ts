import { afterEach, expect, it, vi } from 'vitest'
import { holdRunLock } from './liveness.ts'

type Grant = () => Promise<void>

function stubLocks(request: (name: string, granted: Grant) => Promise<void>) {
  vi.stubGlobal('navigator', { locks: { request } })
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

it('holds the lock until released', async () => {
  let free = false
  stubLocks(async (name, granted) => {
    expect(name).toBe('kymo:run:abc')
    await granted()
    free = true
  })
  const lock = holdRunLock('abc')
  await lock.held
  expect(free).toBe(false)
  lock.release()
  await vi.waitFor(() => expect(free).toBe(true))
})

it('does not wait longer than a second for somebody else to let go', async () => {
  vi.useFakeTimers()
  stubLocks(() => new Promise(() => {}))
  const held = vi.fn<() => void>()
  void holdRunLock('abc').held.then(held)
  await vi.advanceTimersByTimeAsync(999)
  expect(held).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(held).toHaveBeenCalled()
})

it('goes on where locks are refused or do not exist', async () => {
  stubLocks(() => Promise.reject(new Error('SecurityError')))
  await expect(holdRunLock('abc').held).resolves.toBeUndefined()
  vi.stubGlobal('navigator', {})
  await expect(holdRunLock('abc').held).resolves.toBeUndefined()
})
