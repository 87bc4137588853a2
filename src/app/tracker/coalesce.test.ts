import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { makeCoalesced, makeSettled } from './coalesce.ts'

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

describe('makeSettled', () => {
  const QUIET_MS = 200
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('works at once, and once more when a burst is over', () => {
    const work = vi.fn<() => void>()
    const settled = makeSettled(work, QUIET_MS)
    settled.request()
    expect(work).toHaveBeenCalledTimes(1)
    for (let frame = 0; frame < 60; frame += 1) {
      vi.advanceTimersByTime(16)
      settled.request()
    }
    expect(work).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(QUIET_MS)
    expect(work).toHaveBeenCalledTimes(2)
    vi.advanceTimersByTime(QUIET_MS)
    expect(work).toHaveBeenCalledTimes(2)
    settled.request()
    expect(work).toHaveBeenCalledTimes(3)
  })

  it('does what waits when asked to, or forgets it', () => {
    const work = vi.fn<() => void>()
    const settled = makeSettled(work, QUIET_MS)
    settled.request()
    settled.request()
    settled.flush()
    expect(work).toHaveBeenCalledTimes(2)
    settled.request()
    settled.cancel()
    vi.advanceTimersByTime(QUIET_MS)
    expect(work).toHaveBeenCalledTimes(2)
  })
})
