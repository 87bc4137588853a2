import { afterEach, expect, it, vi } from 'vitest'
import { holdForLife, onLockFree } from './web-lock.ts'

type Request = (name: string, ...rest: unknown[]) => Promise<void>

function stubLocks(request: Request) {
  vi.stubGlobal('navigator', { locks: { request } })
}

afterEach(() => vi.unstubAllGlobals())

it('holds a lock and never lets go', async () => {
  let free = false
  stubLocks(async (name, _options, granted) => {
    expect(name).toBe('kymo:client:abc')
    await (granted as () => Promise<void>)()
    free = true
  })
  let held = 0
  holdForLife('kymo:client:abc', () => (held += 1))
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(free).toBe(false)
  expect(held).toBe(1)
})

it('goes on where locks are refused or do not exist', async () => {
  let settled = 0
  stubLocks(() => Promise.reject(new Error('SecurityError')))
  expect(() => holdForLife('x', () => (settled += 1))).not.toThrow()
  expect(() => onLockFree('x', () => undefined)()).not.toThrow()
  await Promise.resolve()
  vi.stubGlobal('navigator', {})
  expect(() => holdForLife('x', () => (settled += 1))).not.toThrow()
  expect(settled).toBe(2)
})
