import { afterEach, expect, it, vi } from 'vitest'
import { holdForLife, onLockFree } from './liveness.ts'

type Request = (name: string, ...rest: unknown[]) => Promise<void>

function stubLocks(request: Request) {
  vi.stubGlobal('navigator', { locks: { request } })
}

afterEach(() => vi.unstubAllGlobals())

it('holds a lock and never lets go', async () => {
  let free = false
  stubLocks(async (name, granted) => {
    expect(name).toBe('kymo:client:abc')
    await (granted as () => Promise<void>)()
    free = true
  })
  holdForLife('kymo:client:abc')
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(free).toBe(false)
})

it('goes on where locks are refused or do not exist', async () => {
  stubLocks(() => Promise.reject(new Error('SecurityError')))
  expect(() => holdForLife('x')).not.toThrow()
  expect(() => onLockFree('x', () => undefined)()).not.toThrow()
  vi.stubGlobal('navigator', {})
  expect(() => holdForLife('x')).not.toThrow()
})
