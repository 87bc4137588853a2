import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChartLine } from '../../widgets/chart/chart-line.ts'
import { curveDifferences } from './curve-differences.ts'

function line(
  id: string,
  points: readonly (readonly [number, number])[],
  holes: readonly number[] = [],
): ChartLine {
  const x = Float64Array.from(points, ([at]) => at)
  const mean = Float64Array.from(points, ([, value]) => value)
  return {
    id,
    name: id,
    color: 'series-1',
    stroke: 0,
    raw: true,
    points: points.length,
    x,
    mean,
    min: mean,
    max: mean,
    smoothed: null,
    nonFinite: {
      x: Float64Array.from(holes),
      nan: Uint32Array.from(holes, () => 1),
      posInf: Uint32Array.from(holes, () => 0),
      negInf: Uint32Array.from(holes, () => 0),
    },
  }
}

function smooth(id: string, value: number): ChartLine {
  const drawn = line(id, [[0, value * 10]])
  return { ...drawn, smoothed: { x: drawn.x, mean: Float64Array.of(value) } }
}

const pointsOf = ({ x, mean }: Pick<ChartLine, 'x' | 'mean'>): readonly (readonly [number, number])[] =>
  Array.from(x, (at, index) => [at, mean[index] ?? Number.NaN])

describe('curves minus that of the baseline', () => {
  it('are the differences at the places of each run, interpolated, within the overlap', () => {
    const base = line('base', [
      [10, 1],
      [20, 3],
    ])
    const run = line('run', [
      [5, 9],
      [10, 5],
      [15, 5],
      [20, 5],
      [21, 9],
    ])
    const [, difference] = curveDifferences([base, run], 'base')
    expect(difference === undefined ? [] : pointsOf(difference)).toEqual([
      [10, 4],
      [15, 3],
      [20, 2],
    ])
  })

  it('are as a naive search finds them, and 0 of the baseline itself', () => {
    const curve = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: -9, max: 9 })), {
      selector: ([at]) => at,
      minLength: 1,
      maxLength: 20,
    })
    const sorted = curve.map((points) => points.toSorted(([a], [b]) => a - b))
    fc.assert(
      fc.property(sorted, sorted, (base, run) => {
        const naive = run.flatMap(([at, value]) => {
          const before = base.findLast(([place]) => place <= at)
          const after = base.find(([place]) => place >= at)
          if (before === undefined || after === undefined) return []
          const part = after[0] === before[0] ? 0 : (at - before[0]) / (after[0] - before[0])
          return [[at, value - (before[1] + (after[1] - before[1]) * part)] as const]
        })
        const all = curveDifferences([line('run', run), line('base', base)], 'base')
        const found = all.filter(({ id }) => id === 'run').flatMap(pointsOf)
        expect(found.map(([at]) => at)).toEqual(naive.map(([at]) => at))
        for (const [index, [, value]] of found.entries()) expect(value).toBeCloseTo(naive[index]?.[1] ?? 0)
        expect(all.at(-1)?.mean.every((value) => value === 0)).toBe(true)
      }),
    )
  })

  it('are nothing in a hole of the baseline, and are cut there', () => {
    const base = line(
      'base',
      [
        [0, 1],
        [10, 1],
        [20, 1],
        [30, 1],
      ],
      [15],
    )
    const run = line('run', [
      [5, 2],
      [14, 2],
      [16, 2],
      [25, 2],
    ])
    const [, difference] = curveDifferences([base, run], 'base')
    expect([...(difference?.x ?? [])]).toEqual([5, 25])
    expect([...(difference?.nonFinite.x ?? [])]).toEqual([15])
  })

  it('subtract what is smoothed from what is smoothed', () => {
    const [, difference] = curveDifferences([smooth('base', 1), smooth('run', 3)], 'base')
    expect([...(difference?.mean ?? [])]).toEqual([20])
    expect([...(difference?.smoothed?.mean ?? [])]).toEqual([2])
  })

  it('are none where the baseline has no curve', () => {
    expect(curveDifferences([line('run', [[0, 1]])], 'base')).toEqual([])
  })
})
