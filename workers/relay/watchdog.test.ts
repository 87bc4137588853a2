import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { isNewer, parseLobbyMessage } from './lobby-message.ts'
import { makeWatchdog } from './watchdog.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function setUp() {
  const seen = { pings: 0, silences: 0, needed: true }
  const watchdog = makeWatchdog({
    ping: () => (seen.pings += 1),
    isNeeded: () => seen.needed,
    onSilent: () => (seen.silences += 1),
  })
  return { watchdog, seen }
}

describe('watchdog', () => {
  it('asks nothing while nobody waits', () => {
    const { watchdog, seen } = setUp()
    watchdog.watch()
    seen.needed = false
    vi.advanceTimersByTime(60_000)
    expect(seen).toMatchObject({ pings: 0, silences: 0 })
  })

  it('calls an owner silent once, a few seconds after it fell silent, and goes on asking', () => {
    const { watchdog, seen } = setUp()
    watchdog.watch()
    vi.advanceTimersByTime(3_900)
    expect(seen.silences).toBe(0)
    vi.advanceTimersByTime(200)
    expect(seen.silences).toBe(1)
    seen.needed = false
    const { pings } = seen
    vi.advanceTimersByTime(60_000)
    expect(seen.silences).toBe(1)
    expect(seen.pings).toBeGreaterThan(pings)
  })

  it('trusts an owner that answers, however long its work takes', () => {
    const { watchdog, seen } = setUp()
    watchdog.watch()
    for (let second = 0; second < 60; second += 1) {
      vi.advanceTimersByTime(1_000)
      watchdog.heard()
    }
    expect(seen.silences).toBe(0)
  })

  it('is not misled by a machine that slept', () => {
    const { watchdog, seen } = setUp()
    watchdog.watch()
    vi.advanceTimersByTime(1_000)
    vi.setSystemTime(Date.now() + 3_600_000)
    vi.advanceTimersByTime(1_000)
    expect(seen.silences).toBe(0)
  })
})

describe('versions in the lobby', () => {
  it('put the schema first: who does not know it cannot open the database', () => {
    expect(isNewer({ schema: 2, protocol: 1 }, { schema: 1, protocol: 9 })).toBe(true)
    expect(isNewer({ schema: 1, protocol: 2 }, { schema: 1, protocol: 1 })).toBe(true)
    expect(isNewer({ schema: 1, protocol: 1 }, { schema: 1, protocol: 1 })).toBe(false)
  })

  it('are read from a message of a version that says more than ours', () => {
    const version = { schema: 7, protocol: 9, mood: 'fine' }
    const message = { type: 'serving', ownerId: 'o', workerId: 'w', version, storage: 'opfs', more: 1 }
    expect(parseLobbyMessage(message)).toMatchObject({ type: 'serving', version })
    expect(parseLobbyMessage({ type: 'serving', ownerId: 'o', workerId: 'w' })).toBeUndefined()
    expect(parseLobbyMessage({ type: 'invented', workerId: 'w' })).toBeUndefined()
  })
})
