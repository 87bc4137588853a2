import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RunGroup } from '../experiment/run-groups.ts'
import type { ChartLine } from '../../widgets/chart/chart-line.ts'
import { coverWords, groupLines } from './group-lines.ts'

/** A run as it is logged: what it says at some steps, ascending. */
type Logged = ReadonlyMap<number, number>

const anyRun: fc.Arbitrary<Logged> = fc
  .dictionary(fc.integer({ min: 0, max: 40 }).map(String), fc.double({ min: -1e3, max: 1e3, noNaN: true }))
  .map((points) => new Map(Object.entries(points).map(([step, value]) => [Number(step), value || 0])))
const anyGroups = fc.array(fc.array(anyRun, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 })

function lineOf(id: string, run: Logged): ChartLine {
  const mean = Float64Array.from(run.values())
  const none = new Uint32Array(0)
  return {
    id,
    name: id,
    color: 'series-1',
    stroke: 0,
    raw: true,
    points: run.size,
    x: Float64Array.from(run.keys()),
    mean,
    min: mean,
    max: mean,
    smoothed: null,
    nonFinite: { x: new Float64Array(0), nan: none, posInf: none, negInf: none },
  }
}

function groupOf(name: string, runIds: readonly string[]): RunGroup {
  return { id: name, name, text: name, style: { color: 'series-1', stroke: 0 }, runIds }
}

/** What a run is worth at a step, by the words of `groupLines`; null where it does not reach. */
function valueAt(run: Logged, step: number): number | null {
  const before = [...run.keys()].findLast((at) => at <= step)
  const after = [...run.keys()].find((at) => at >= step)
  if (before === undefined || after === undefined) return null
  const [from = 0, to = 0] = [run.get(before), run.get(after)]
  return before === after ? from : from + ((to - from) * (step - before)) / (after - before)
}

function open(drawn: readonly (readonly Logged[])[]) {
  const groups = drawn.map((runs, at) =>
    groupOf(
      `g${at}`,
      runs.map((_, index) => `${at} ${index}`),
    ),
  )
  const lines = drawn.flatMap((runs, at) => runs.map((run, index) => lineOf(`${at} ${index}`, run)))
  return { groups, lines }
}

describe('the line of a group', () => {
  it('is at every step the mean over all its runs that reach there', () => {
    fc.assert(
      fc.property(anyGroups, (drawn) => {
        const { groups, lines } = open(drawn)
        const means = groupLines(lines, groups, 'std', 1_000)
        expect(means.length).toBe(drawn.length)
        for (const [at, mean] of means.entries()) {
          const runs = drawn[at] ?? []
          const steps = [...new Set(runs.flatMap((run) => [...run.keys()]))].toSorted((a, b) => a - b)
          expect([...mean.x]).toEqual(steps)
          for (const [index, step] of steps.entries()) {
            const values = runs.map((run) => valueAt(run, step)).filter((value) => value !== null)
            const naive = values.reduce((sum, value) => sum + value, 0) / values.length
            expect(Math.abs((mean.mean[index] ?? Number.NaN) - naive)).toBeLessThan(1e-9 * 1e3)
          }
        }
      }),
    )
  })

  it('says of how many of its runs it is', () => {
    const { groups, lines } = open([[new Map([[0, 1]]), new Map([[0, 3]])], [new Map([[0, 5]])]])
    const whole = groupLines(lines, groups, 'std', 100)
    expect(whole.map(({ name }) => name)).toEqual(['g0 (2 runs)', 'g1 (1 run)'])
    const part = groupLines(lines.slice(1), groups, 'std', 100)
    expect(part.map(({ name }) => name)).toEqual(['g0 (1 of 2 runs)', 'g1 (1 run)'])
  })
})

const everything = (): boolean => true

describe('what means cover', () => {
  const words = (
    drawn: readonly (readonly Logged[])[],
    hasMetric: (id: string) => boolean = everything,
    isRead: (id: string) => boolean = everything,
  ): string => {
    const { groups, lines } = open(drawn)
    const read = lines.filter(({ id }) => hasMetric(id) && isRead(id))
    return coverWords(groups, read, groupLines(read, groups, 'std', 100), 'loss', hasMetric, isRead)
  }
  const point: Logged = new Map([[0, 1]])

  it('is said of one group and of several', () => {
    expect(words([[point, point, point]])).toBe('mean of 3 runs')
    expect(words([[point, point], [point]])).toBe('means of 3 runs in 2 groups')
  })

  it('says why runs are missing', () => {
    expect(words([[point, point, point]], (id) => id !== '0 1')).toBe('mean of 2 of 3 runs, 1 has no loss')
    expect(words([[point, point, new Map()]])).toBe('mean of 2 of 3 runs, 1 has no value here')
    expect(words([[point, point, point]], everything, (id) => id === '0 0')).toBe(
      'mean of 1 of 3 runs, 2 that started earlier left out',
    )
  })

  it('says how many runs are left where some have ended', () => {
    const long: Logged = new Map([
      [0, 1],
      [9, 1],
    ])
    expect(words([[point, long]])).toBe('mean of 2 runs, at least 1 at a place')
  })
})
