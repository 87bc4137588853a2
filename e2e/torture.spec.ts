import { expect, test } from 'playwright/test'
import { torture } from './torture/torture.ts'

/** By the lock of the worker it takes some ten ms; a call would need its deadline of half a minute. */
const NOTICED_MS = 5_000

test.describe('a short torture', () => {
  test('kills everything that logs, and what was acknowledged is there once, in order and true', async () => {
    const outcome = await torture({ kills: 8, seed: 8, print: () => undefined })
    expect(outcome.problems).toEqual([])
    expect(outcome).toMatchObject({ lost: 0, duplicated: 0, corrupt: 0, accidents: 0 })
    expect(outcome.points).toBeGreaterThanOrEqual(outcome.acknowledged)
    expect(outcome.acknowledged).toBeGreaterThan(10_000)
    expect(outcome.unnoticedMs.length).toBeGreaterThan(0)
    expect(Math.max(...outcome.unnoticedMs)).toBeLessThan(NOTICED_MS)
    expect(Object.values(outcome.kills).every((count) => count > 0)).toBe(true)
  })
})
