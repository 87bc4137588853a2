import { expect, it } from 'vitest'
import type { SeriesWindow } from '../../protocol/windows.ts'
import { rawLine } from '../../widgets/chart/chart-line.fixture.ts'
import { astrayWords, receiptWords, summaryWords, toChartLines } from './chart-lines.ts'
import type { AnsweredQuery } from './create-windows.ts'

const RANGE = { from: 0, to: 10 }

function lapOf(index: number, of: number): SeriesWindow {
  const { x, mean, min, max, nonFinite } = rawLine([index, index + 1])
  const common = { runId: 'a', key: 'loss', raw: true, points: 2, unplaced: 0, smoothed: null }
  const count = new Uint32Array(2).fill(1)
  return {
    ...common,
    x,
    first: mean,
    last: mean,
    mean,
    min,
    max,
    count,
    nonFinite,
    lap: { index, of, count: 1 },
  }
}

const style = () => ({ color: 'series-1', stroke: 0 }) as const

function linesOf(windows: readonly SeriesWindow[]) {
  const asked = { range: null } as AnsweredQuery['asked']
  const answered: AnsweredQuery = { asked, answer: { ...RANGE, windows }, overview: null }
  return toChartLines(answered, new Set(['a']), () => 'otter', style, false)
}

it('draws a line for each lap of a run, the newest before the others, and says so', () => {
  const lines = linesOf([lapOf(1, 2), lapOf(2, 2)])
  expect(lines.map(({ id, name, isPast }) => [id, name, isPast])).toEqual([
    ['a', 'otter, lap 1 of 2', true],
    ['a', 'otter, lap 2 of 2', false],
  ])
  const receipt = receiptWords(lines, RANGE, false, null)
  expect(receipt).toBe('4 points, all drawn, 2 laps as steps start over')
  expect(summaryWords('loss', lines, receipt, 'run')).toContain(
    'loss, 1 run. Last values: otter, lap 2 of 2 3.',
  )
})

it('says nothing of laps where steps never start over', () => {
  expect(receiptWords([rawLine([1, 2, 3])], RANGE, false, null)).toBe('3 points, all drawn')
})

it('says which points are left out for their impossible times, of runs that are shown', () => {
  const { lap: _, ...window } = lapOf(1, 1)
  const windows = [{ ...window, astray: 2 }, { ...window, runId: 'hidden', astray: 5 }, window]
  expect(astrayWords(windows, new Set(['a']))).toEqual([
    '2 points of 1 run at an impossible time left out; hide the other runs to see them',
  ])
  expect(astrayWords([window], new Set(['a']))).toEqual([])
})
