import { createRoot, createSignal } from 'solid-js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { err, ok } from '../../model/result.ts'
import type { RunQuery } from '../../protocol/run-query.ts'
import type { RunColumns, RunsRequest } from '../../protocol/runs-api.ts'
import { trackerError } from '../../protocol/tracker-error.ts'
import { fakeTracker } from '../tracker/tracker.fixture.ts'
import { createRunColumns } from './create-run-columns.ts'
import { createRuns } from './create-runs.ts'

const LONG_MS = 60_000
const WRONG = { ...trackerError('filter-wrong', 'No.'), at: { from: 0, to: 1, fix: null } }

function columnsOf(...id: string[]): RunColumns {
  const numbers = Float64Array.from(id, () => Number.NaN)
  return {
    id,
    name: id,
    status: id.map(() => 'finished'),
    startedAt: numbers,
    endedAt: numbers,
    color: id.map(() => null),
    groupName: id.map(() => null),
    refusedCount: Float64Array.from(id, () => 0),
    place: Float64Array.from(id, (_, index) => index),
    paramChanges: id.map(() => null),
  }
}

/** The runs a and b, and their params; `a` is a filter, and what begins with “?” is none. */
function openRuns(initial: string) {
  const tracker = fakeTracker({
    readRuns: ({ filter = '' }: RunsRequest) =>
      Promise.resolve(
        filter.startsWith('?') ? err(WRONG) : ok(filter === 'a' ? columnsOf('a') : columnsOf('a', 'b')),
      ),
    queryRuns: ({ filter }: RunQuery) =>
      Promise.resolve(filter.startsWith('?') ? err(WRONG) : ok({ runIds: ['a'], total: 1, columns: [[1]] })),
  })
  const [filter, setFilter] = createSignal(initial)
  return createRoot((dispose) => {
    const runs = createRuns(tracker, 'own', 'e', filter)
    const columns = createRunColumns(tracker, 'own', 'e', runs.matched, () => ['param:lr'])
    const filtersOf = (call: string) =>
      tracker.asked.flatMap(([name, argument]) => (name === call ? [argument] : []))
    const shown = () => runs.runs()?.map(({ id }) => id)
    return { tracker, runs, columns, filtersOf, shown, setFilter, dispose }
  })
}

describe('the runs that match a filter', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('are those of the last filter that was right, which alone is asked of anything else', async () => {
    const { runs, shown, setFilter, filtersOf, dispose } = openRuns('')
    expect(runs.matched()).toBeUndefined()
    for (const filter of ['a', '?', '??']) {
      setFilter(filter)
      await vi.advanceTimersByTimeAsync(LONG_MS)
    }
    expect(shown()).toEqual(['a'])
    expect(runs.matched()).toBe('a')
    expect(runs.problem()).toEqual({ message: 'No.', from: 0, to: 1, fix: null })
    expect(runs.failure()).toBeNull()
    expect(filtersOf('queryRuns')).toMatchObject([{ filter: 'a' }])
    setFilter('')
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(runs.problem()).toBeNull()
    expect(filtersOf('queryRuns')).toMatchObject([{ filter: 'a' }, { filter: '' }])
    dispose()
  })

  it('are all of them when a link carries a wrong filter', async () => {
    const { runs, columns, shown, filtersOf, dispose } = openRuns('?')
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(shown()).toEqual(['a', 'b'])
    expect(runs.matched()).toBe('')
    expect(runs.problem()?.message).toBe('No.')
    expect(filtersOf('queryRuns')).toMatchObject([{ filter: '' }])
    expect(columns().get('param:lr')?.get('a')).toBe(1)
    dispose()
  })

  it('are read at once when one changed, and now and then while metrics grow that a filter may be about', async () => {
    const { tracker, setFilter, filtersOf, dispose } = openRuns('')
    const countReads = () => filtersOf('readRuns').length
    await vi.advanceTimersByTimeAsync(LONG_MS)
    tracker.emit({ type: 'runsChanged', database: 'own', runIds: ['a'] })
    expect(countReads()).toBe(2)
    await vi.advanceTimersByTimeAsync(LONG_MS)
    tracker.emit({ type: 'seriesGrew', database: 'own', runIds: ['a'] })
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(countReads()).toBe(2)
    setFilter('a')
    await vi.advanceTimersByTimeAsync(0)
    tracker.emit({ type: 'seriesGrew', database: 'own', runIds: ['a'] })
    await vi.advanceTimersByTimeAsync(500)
    expect(countReads()).toBe(3)
    await vi.advanceTimersByTimeAsync(500)
    expect(countReads()).toBe(4)
    dispose()
  })
})
