import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../model/json.ts'
import { groupTableRuns, summarise, type NumberSummary } from './table-groups.ts'

const anyCell: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(null, 'a', 'b', '1', 1, true, [1], { a: 1 }),
  fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
)

describe('groups of runs', () => {
  it('hold every run once, together with those alike, in the order of the table', () => {
    fc.assert(
      fc.property(fc.array(anyCell), (cells) => {
        const runIds = cells.map((_, index) => `run ${index}`)
        const valueOf = (runId: string): JsonValue => cells[runIds.indexOf(runId)] ?? null
        const groups = groupTableRuns(runIds, ['param:x'], valueOf)
        expect(groups.flatMap((group) => group.runIds).toSorted()).toEqual(runIds.toSorted())
        expect(new Set(groups.map(({ key }) => key)).size).toBe(groups.length)
        for (const group of groups) {
          const alike = runIds.filter((id) => JSON.stringify(valueOf(id)) === JSON.stringify(group.value))
          expect(group.runIds).toEqual(alike)
        }
        const firsts = groups.map((group) => runIds.indexOf(group.runIds[0] ?? ''))
        expect(firsts).toEqual(firsts.toSorted((a, b) => a - b))
      }),
    )
  })
})

describe('groups within groups', () => {
  const anyRun = fc.tuple(fc.constantFrom('a', 'b'), fc.constantFrom(1, 2, null))

  it('divide each group by the next column, and no key stands twice', () => {
    fc.assert(
      fc.property(fc.array(anyRun), (runs) => {
        const runIds = runs.map((_, index) => `run ${index}`)
        const groups = groupTableRuns(runIds, ['param:x', 'param:y'], (id, column) => {
          const [x = null, y = null] = runs[runIds.indexOf(id)] ?? []
          return column === 'param:x' ? x : y
        })
        for (const outer of groups) {
          expect(outer.groups.flatMap((inner) => inner.runIds).toSorted()).toEqual(outer.runIds.toSorted())
          for (const inner of outer.groups) expect([inner.depth, inner.column]).toEqual([1, 'param:y'])
        }
        const keys = groups.flatMap((outer) => [outer.key, ...outer.groups.map((inner) => inner.key)])
        expect(new Set(keys).size).toBe(keys.length)
      }),
    )
  })
})

/** By the book, in two passes. */
function naiveSummary(values: readonly number[]): NumberSummary | null {
  if (values.length === 0) return null
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return {
    count: values.length,
    mean,
    min: Math.min(...values),
    max: Math.max(...values),
    deviation: values.length < 2 ? null : Math.sqrt(squares / (values.length - 1)),
  }
}

/** As far as sums in another order may differ. */
function isAlike(a: NumberSummary | null, b: NumberSummary | null): boolean {
  if (a === null || b === null) return a === b
  const size = Math.max(1, Math.abs(a.min), Math.abs(a.max))
  return (
    a.count === b.count &&
    a.min === b.min &&
    a.max === b.max &&
    (a.deviation === null) === (b.deviation === null) &&
    Math.abs(a.mean - b.mean) < size * 1e-9 &&
    Math.abs((a.deviation ?? 0) - (b.deviation ?? 0)) < size * 1e-7
  )
}

describe('the summary of a group', () => {
  it('is that of its finite numbers, by the book', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyCell, fc.constant(undefined))), (cells) => {
        const expected = naiveSummary(cells.filter((cell) => typeof cell === 'number'))
        expect(isAlike(summarise(cells), expected)).toBe(true)
      }),
    )
  })

  it('keeps the spread of numbers that are large and close together', () => {
    expect(summarise([1e9 + 1, 1e9 + 2, 1e9 + 3])?.deviation).toBeCloseTo(1, 6)
    expect(summarise(['3', null, Number.NaN, true])).toBeNull()
  })
})
