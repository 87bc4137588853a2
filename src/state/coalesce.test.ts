import { describe, expect, it } from 'vitest'
import { makeCoalesced } from './coalesce.ts'

describe('makeCoalesced', () => {
  it('runs once more, not once each, for requests during a run', async () => {
    let runs = 0
    const releases: (() => void)[] = []
    const request = makeCoalesced(() => {
      runs += 1
      return new Promise<void>((resolve) => {
        releases.push(resolve)
      })
    })
    request()
    request()
    request()
    expect(runs).toBe(1)
    releases[0]?.()
    await Promise.resolve()
    await Promise.resolve()
    expect(runs).toBe(2)
    releases[1]?.()
    await new Promise((resolve) => setTimeout(resolve))
    expect(runs).toBe(2)
  })

  it('can be asked again after the work threw', async () => {
    let runs = 0
    const seen: unknown[] = []
    const request = makeCoalesced(async () => {
      runs += 1
      if (runs === 1) await Promise.reject(new Error('no')).catch((error: unknown) => seen.push(error))
    })
    request()
    await new Promise((resolve) => setTimeout(resolve))
    request()
    await new Promise((resolve) => setTimeout(resolve))
    expect(runs).toBe(2)
    expect(seen).toHaveLength(1)
  })
})
