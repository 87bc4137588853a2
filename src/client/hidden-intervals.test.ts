import { afterEach, describe, expect, it, vi } from 'vitest'
import { watchHidden } from './hidden-intervals.ts'

/** A page whose visibility a test decides. */
function makePage() {
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  vi.stubGlobal('document', page)
  vi.useFakeTimers({ now: 1_000 })
  return (state: 'visible' | 'hidden', after: number): void => {
    vi.advanceTimersByTime(after)
    page.visibilityState = state
    page.dispatchEvent(new Event('visibilitychange'))
  }
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('a page that is watched', () => {
  it('tells of every while it was hidden, also of the one it is stopped in', () => {
    const show = makePage()
    const told: (readonly [number, number])[] = []
    const stop = watchHidden((from, until) => told.push([from, until]))
    show('hidden', 10)
    show('visible', 5)
    show('visible', 5)
    show('hidden', 100)
    vi.advanceTimersByTime(30)
    stop()
    show('visible', 1)
    show('hidden', 1)
    show('visible', 1)
    expect(told).toEqual([
      [1_010, 1_015],
      [1_120, 1_150],
    ])
  })

  it('is no page in a worker', () => {
    vi.stubGlobal('document', undefined)
    expect(watchHidden(() => expect.unreachable())()).toBeUndefined()
  })
})
