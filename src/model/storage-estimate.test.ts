import { afterEach, expect, it, vi } from 'vitest'
import { readEstimate } from './storage-estimate.ts'

afterEach(() => vi.unstubAllGlobals())

const telling = (estimate: () => unknown) => vi.stubGlobal('navigator', { storage: { estimate } })

it('tells what the browser says', async () => {
  telling(async () => ({ usage: 5, quota: 10 }))
  expect(await readEstimate()).toEqual({ used: 5, quota: 10 })
})

it.each([
  ['nothing', async () => ({})],
  ['no numbers', async () => ({ usage: '5', quota: null })],
  ['numbers that are none of bytes', async () => ({ usage: Number.NaN, quota: -1 })],
  ['endless room', async () => ({ usage: undefined, quota: Infinity })],
  [
    'that it will not',
    () => {
      throw new TypeError('refused')
    },
  ],
])('tells of nothing where it says %s', async (_what, estimate) => {
  telling(estimate)
  expect(await readEstimate()).toEqual({ used: null, quota: null })
})

it('tells of nothing where nobody can be asked', async () => {
  vi.stubGlobal('navigator', undefined)
  expect(await readEstimate()).toEqual({ used: null, quota: null })
})
