import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlotAxis } from '../../widgets/plot/plot-axis.ts'
import { toBins } from './bins.ts'
import { heatCells } from './heat-cells.ts'

const AXIS: PlotAxis = {
  id: 'a',
  label: 'a',
  values: new Float64Array(),
  categories: null,
  unit: 'number',
  isLog: false,
  isFlipped: false,
}
const numbers = (...values: number[]): PlotAxis => ({ ...AXIS, values: Float64Array.from(values) })

describe('bins', () => {
  it('are the values themselves while there are few of them', () => {
    const bins = toBins(numbers(64, 32, Number.NaN, 64), 4)
    expect(bins.labels).toEqual(['32', '64'])
    expect([...bins.of]).toEqual([1, 0, -1, 1])
    expect(bins.areRanges).toBe(false)
  })

  it('are ranges where values are many, of one ratio on a log axis', () => {
    const values = [1, 2, 9, 11, 99, 101, 1000]
    const log = toBins({ ...numbers(...values), isLog: true }, 3)
    expect(log.labels).toEqual(['1 – 10', '10 – 100', '100 – 1,000'])
    expect([...log.of]).toEqual([0, 0, 0, 1, 1, 2, 2])
    const linear = toBins(numbers(...values), 3)
    expect([...linear.of]).toEqual([0, 0, 0, 0, 0, 0, 2])
  })

  it('put what are too many categories into the last one', () => {
    const bins = toBins({ ...AXIS, values: Float64Array.of(0, 1, 2, 3), categories: ['a', 'b', 'c', 'd'] }, 3)
    expect(bins.labels).toEqual(['a', 'b', '2 others'])
    expect([...bins.of]).toEqual([0, 1, 2, 2])
  })

  it('hold every number within the ends their label says', () => {
    const number = fc.double({ min: 1e-6, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(fc.array(number, { minLength: 12, maxLength: 60 }), fc.boolean(), (values, isLog) => {
        const { of, labels } = toBins({ ...numbers(...values), isLog }, 8)
        expect(of.every((bin) => bin >= 0 && bin < labels.length)).toBe(true)
        const order = values.map((_, row) => row).toSorted((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
        const bins = order.map((row) => of[row] ?? -1)
        expect(bins).toEqual(bins.toSorted((a, b) => a - b))
      }),
    )
  })
})

describe('cells of a heat map', () => {
  it('are the means of the runs in them, naively', () => {
    const params = fc.array(
      fc.tuple(
        fc.constantFrom(1, 2, 3, Number.NaN),
        fc.constantFrom(4, 5, Number.NaN),
        fc.constantFrom(0.5, 2, 8, Number.NaN),
      ),
      { minLength: 1, maxLength: 40 },
    )
    fc.assert(
      fc.property(params, (runs) => {
        const x = numbers(...runs.map(([a]) => a))
        const y = numbers(...runs.map(([, b]) => b))
        const cells = heatCells(
          toBins(x, 9),
          toBins(y, 9),
          Float64Array.from(runs, ([, , value]) => value),
        )
        const distinct = (place: 0 | 1): readonly number[] =>
          [...new Set(runs.map((run) => run[place]))].filter((value) => value > 0).toSorted((a, b) => a - b)
        for (const [line, b] of distinct(1).entries()) {
          for (const [column, a] of distinct(0).entries()) {
            const inside = runs.filter((run) => run[0] === a && run[1] === b)
            const known = inside.map(([, , value]) => value).filter((value) => !Number.isNaN(value))
            const cell = cells[line]?.[column]
            expect(cell?.rows.length).toBe(inside.length)
            expect(cell?.counted).toBe(known.length)
            const sum = known.reduce((all, each) => all + each, 0)
            expect(cell?.mean ?? -1).toBeCloseTo(known.length === 0 ? -1 : sum / known.length)
          }
        }
      }),
    )
  })

  it('have a mean of the largest numbers, too', () => {
    const bins = toBins(numbers(1, 1), 9)
    expect(heatCells(bins, bins, Float64Array.of(1.5e308, 1.5e308))[0]?.[0]?.mean).toBe(1.5e308)
  })
})
