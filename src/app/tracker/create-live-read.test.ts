import { createRoot, createSignal } from 'solid-js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { err, ok, type Result } from '../../model/result.ts'
import type { RunId } from '../../model/units.ts'
import { trackerError, type TrackerError, type TrackerErrorCode } from '../../protocol/tracker-error.ts'
import { createLiveRead } from './create-live-read.ts'
import { fakeTracker, type FakeTracker } from './tracker.fixture.ts'

const PAUSE_MS = 500
const LONG_MS = 600_000

type Ids = readonly RunId[] | null

interface Reading {
  readonly ids: Ids
  isLate(): boolean
  answer(result: Result<string, TrackerError>): Promise<void>
}

interface OpenedRead {
  readonly tracker: FakeTracker
  /** Every read that was begun. */
  readonly reads: readonly Reading[]
  readonly taken: readonly string[]
  readonly failure: () => string | null
  readonly setQuery: (query: string) => void
  refresh(ids?: Ids, pauseMs?: number): void
  dispose(): void
  grow(...runIds: RunId[]): void
}

/** A read of the runs of the own database that grew, each of which a test answers. */
function openRead({ onlyShown = false }: { readonly onlyShown?: boolean } = {}): OpenedRead {
  const tracker = fakeTracker()
  const reads: Reading[] = []
  const taken: string[] = []
  const [query, setQuery] = createSignal('first')
  return createRoot((dispose) => {
    const { failure, refresh } = createLiveRead(tracker, {
      database: 'own',
      on: ['seriesGrew'],
      of: ({ runIds }) => runIds.filter((id) => id !== 'other'),
      pauseMs: PAUSE_MS,
      query,
      onlyShown,
      read: (ids, isLate) =>
        new Promise<Result<string, TrackerError>>((resolve) => {
          const answer = async (result: Result<string, TrackerError>) => {
            resolve(result)
            await vi.advanceTimersByTimeAsync(0)
          }
          reads.push({ ids, isLate, answer })
        }),
      take: (found) => void taken.push(found),
    })
    const grow = (...runIds: RunId[]) => tracker.emit({ type: 'seriesGrew', database: 'own', runIds })
    return { tracker, reads, taken, failure, refresh, setQuery, dispose, grow }
  })
}

const failed = (code: TrackerErrorCode) => err(trackerError(code, 'It failed.'))
const idsOf = (reads: readonly Reading[]): readonly Ids[] => reads.map(({ ids }) => ids)

describe('createLiveRead', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('reads everything at first, then what a burst of notices is about, once and after the pause', async () => {
    const { reads, taken, grow } = openRead()
    await reads[0]?.answer(ok('all'))
    grow('a')
    grow('b', 'a')
    await vi.advanceTimersByTimeAsync(PAUSE_MS - 1)
    expect(idsOf(reads)).toEqual([null])
    await vi.advanceTimersByTimeAsync(1)
    expect(idsOf(reads)).toEqual([null, ['a', 'b']])
    await reads[1]?.answer(ok('both'))
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(reads).toHaveLength(2)
    expect(taken).toEqual(['all', 'both'])
  })

  it('reads at once what is announced after a quiet time', async () => {
    const { reads, grow } = openRead()
    await reads[0]?.answer(ok(''))
    await vi.advanceTimersByTimeAsync(PAUSE_MS)
    grow('a')
    expect(idsOf(reads)).toEqual([null, ['a']])
  })

  it('never reads twice at a time, and reads what is announced meanwhile', async () => {
    const { reads, grow } = openRead()
    grow('a')
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(reads).toHaveLength(1)
    await reads[0]?.answer(ok(''))
    await vi.advanceTimersByTimeAsync(PAUSE_MS)
    expect(idsOf(reads)).toEqual([null, ['a']])
  })

  it('leaves alone what is of another database, of another kind or of nothing that is shown', async () => {
    const { reads, tracker, grow } = openRead()
    await reads[0]?.answer(ok(''))
    tracker.emit({ type: 'seriesGrew', database: 'file', runIds: ['a'] })
    tracker.emit({ type: 'runsChanged', database: 'own', runIds: ['a'] })
    grow('other')
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(reads).toHaveLength(1)
  })

  it('reads everything again when another worker owns the database', async () => {
    const { reads, tracker, grow } = openRead()
    await reads[0]?.answer(ok(''))
    grow('a')
    tracker.emit({ type: 'storageChanged' })
    grow('b')
    await vi.advanceTimersByTimeAsync(PAUSE_MS)
    expect(idsOf(reads)).toEqual([null, null])
  })

  it('asks again by itself after a failure that may pass, ever more seldom', async () => {
    const { reads, failure, grow } = openRead()
    await reads[0]?.answer(ok(''))
    await vi.advanceTimersByTimeAsync(PAUSE_MS)
    grow('a')
    await reads[1]?.answer(failed('interrupted'))
    expect(failure()).toBe('It failed.')
    await vi.advanceTimersByTimeAsync(2_000)
    expect(idsOf(reads)).toEqual([null, ['a'], ['a']])
    await reads[2]?.answer(failed('interrupted'))
    await vi.advanceTimersByTimeAsync(3_999)
    expect(reads).toHaveLength(3)
    await vi.advanceTimersByTimeAsync(1)
    await reads[3]?.answer(ok('at last'))
    expect(failure()).toBeNull()
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(reads).toHaveLength(4)
  })

  it('asks again with the next notice after a failure that stays', async () => {
    const { reads, grow } = openRead()
    await reads[0]?.answer(ok(''))
    await vi.advanceTimersByTimeAsync(PAUSE_MS)
    grow('a')
    await reads[1]?.answer(failed('unknown-run'))
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(reads).toHaveLength(2)
    grow('b')
    expect(idsOf(reads)).toEqual([null, ['a'], ['a', 'b']])
  })

  it('reads everything at once when something else is asked for, and drops what comes too late', async () => {
    const { reads, taken, setQuery, grow } = openRead()
    setQuery('second')
    expect(reads[0]?.isLate()).toBe(true)
    await reads[0]?.answer(ok('of the first'))
    expect(idsOf(reads)).toEqual([null, null])
    expect(reads[1]?.isLate()).toBe(false)
    await reads[1]?.answer(ok('of the second'))
    grow('a')
    setQuery('third')
    expect(idsOf(reads)).toEqual([null, null, null])
    expect(taken).toEqual(['of the second'])
  })

  it('reads when it is told to, at once or after a pause', async () => {
    const { reads, refresh } = openRead()
    await reads[0]?.answer(ok(''))
    refresh(['a'], PAUSE_MS)
    await vi.advanceTimersByTimeAsync(PAUSE_MS - 1)
    expect(reads).toHaveLength(1)
    refresh(['b'])
    expect(idsOf(reads)).toEqual([null, ['a', 'b']])
  })

  it('stops when it is no longer shown', async () => {
    const { reads, taken, tracker, dispose, grow } = openRead()
    grow('a')
    dispose()
    expect(tracker.listeners()).toBe(0)
    expect(reads[0]?.isLate()).toBe(true)
    await reads[0]?.answer(ok('too late'))
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(reads).toHaveLength(1)
    expect(taken).toEqual([])
  })

  it('waits while the page is hidden where that is wanted, and catches up', async () => {
    const page = Object.assign(new EventTarget(), { hidden: false })
    vi.stubGlobal('document', page)
    const { reads, grow } = openRead({ onlyShown: true })
    await reads[0]?.answer(ok(''))
    page.hidden = true
    grow('a')
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(reads).toHaveLength(1)
    page.hidden = false
    page.dispatchEvent(new Event('visibilitychange'))
    expect(idsOf(reads)).toEqual([null, ['a']])
  })
})
