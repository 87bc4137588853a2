import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../model/json.ts'
import { parseAim } from '../experiment/sweep-aim.ts'
import { summarizeSweep, sweepNames, type TrialColumns } from './sweep-summary.ts'

type Row = Partial<Record<keyof TrialColumns, JsonValue>>

function columnsOf(rows: readonly Row[]): TrialColumns {
  const column = (key: keyof TrialColumns): readonly JsonValue[] => rows.map((row) => row[key] ?? null)
  return {
    status: column('status'),
    startedAt: column('startedAt'),
    sweep: column('sweep'),
    trial: column('trial'),
    stopped: column('stopped'),
    error: column('error'),
    objective: column('objective'),
  }
}

const row = (trial: string, objective: JsonValue, rest: Row = {}): Row => ({
  status: 'finished',
  startedAt: 1,
  sweep: 'a',
  trial,
  objective,
  ...rest,
})

const MIN = { metric: 'loss', direction: 'min' } as const

describe('a sweep in the comparison', () => {
  it('counts how its trials ended', () => {
    const columns = columnsOf([
      row('1', 3),
      row('2', 2, { stopped: 'asha' }),
      row('3', null, { status: 'failed', error: 'boom' }),
      row('4', null, { status: 'killed', error: 'The lane crashed' }),
      row('5', null, { status: 'killed' }),
      row('6', 1, { stopped: 'cancelled' }),
      row('7', null, { status: 'running' }),
      row('8', 9, { sweep: 'b' }),
      { status: 'finished', objective: 0 },
    ])
    expect(summarizeSweep(columns, 'a', MIN)).toMatchObject({
      finished: 1,
      stopped: 1,
      failed: 2,
      running: 1,
      cutOff: 2,
    })
  })

  it('knows the best so far in the order of the trials, whatever order the runs come in', () => {
    const columns = columnsOf([
      row('5', 7),
      row('4', 2),
      row('3', 4),
      row('10', 8),
      row('1', 5),
      row('2', 'NaN'),
      row('11', null, { status: 'running' }),
    ])
    const { best, line, numbers, objectives } = summarizeSweep(columns, 'a', MIN)
    expect(best).toBe(1)
    expect([[...line.x], [...line.y]]).toEqual([
      [1, 3, 4, 10],
      [5, 4, 2, 2],
    ])
    expect([...numbers]).toEqual([5, 4, 3, 10, 1, Number.NaN, Number.NaN])
    expect([...objectives]).toEqual([7, 2, 4, 8, 5, Number.NaN, Number.NaN])
    const most = summarizeSweep(columns, 'a', { metric: 'acc', direction: 'max' })
    expect(most.best).toBe(3)
    expect([...most.line.x]).toEqual([1, 5, 10])
  })

  it('has no best where nobody knows which end is the good one', () => {
    const { best, line, objectives } = summarizeSweep(columnsOf([row('1', 3)]), 'a', null)
    expect([best, line.x.length, objectives[0]]).toEqual([null, 0, 3])
  })

  it('takes a trial that was tried again once, as it ended', () => {
    const again = [row('1', 3), row('1', null, { status: 'killed' })]
    for (const rows of [again, again.toReversed()])
      expect(summarizeSweep(columnsOf(rows), 'a', MIN)).toMatchObject({ finished: 1, cutOff: 0 })
  })

  it('is found by its tags, the latest first; other tags of that name are none', () => {
    const columns = columnsOf([
      row('1', 1, { startedAt: 5 }),
      row('1', 1, { sweep: 'b', startedAt: 9 }),
      row('2', 1, { startedAt: 7 }),
      row('first', 1, { sweep: 'c' }),
      row('0', 1, { sweep: 'd' }),
      { sweep: 'e' },
    ])
    expect(sweepNames(columns)).toEqual(['b', 'a'])
  })
})

describe('what a sweep was after', () => {
  it('is read from the environment of a trial', () => {
    expect(parseAim({ sweep: { metric: 'loss', direction: 'min', seed: 1 } })).toEqual(MIN)
    const odd = [undefined, null, {}, { sweep: 'x' }, { sweep: { metric: 3, direction: 'min' } }]
    for (const environment of [...odd, { sweep: { metric: 'loss', direction: 'up' } }])
      expect(parseAim(environment)).toBeNull()
  })
})
