import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../model/json.ts'
import { diffColumns } from './compare-diff.ts'
import { metricRow } from './metric-rows.ts'
import { doesVary, toRunValues } from '../experiment/run-values.ts'

const anyJson = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as JsonValue)
/** Few different values, so that some are equal. */
const anyColumn = fc
  .tuple(
    fc.array(anyJson, { minLength: 1, maxLength: 2 }),
    fc.array(fc.nat({ max: 1 }), { minLength: 1, maxLength: 6 }),
  )
  .map(([pool, picks]) => picks.map((pick) => structuredClone(pool[pick % pool.length] ?? null)))

function isSame(a: JsonValue, b: JsonValue): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [keysA, keysB] = [Object.keys(a), Object.keys(b)]
  const [inA, inB] = [new Map(Object.entries(a)), new Map(Object.entries(b))]
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keysA.length === keysB.length &&
    keysA.every((key) => inB.has(key) && isSame(inA.get(key) ?? null, inB.get(key) ?? null))
  )
}

describe('a diff of params', () => {
  it('calls equal exactly what is equal in every run, whatever the order of keys', () => {
    fc.assert(
      fc.property(anyColumn, (values) => {
        const [row] = diffColumns([{ key: 'k', values }])
        const [first = null] = values
        expect(row?.cells.map(({ differs }) => differs)).toEqual(values.map((value) => !isSame(value, first)))
        expect(row?.isEqual).toBe(values.every((value) => isSame(value, first)))
        expect(doesVary(values)).toBe(!values.every((value) => isSame(value, first)))
      }),
    )
    const values = [
      { a: 1, b: [2] },
      { b: [2], a: 1 },
    ]
    expect(diffColumns([{ key: 'k', values }])[0]?.isEqual).toBe(true)
  })

  it('tells a number from its text and one without it from one with it', () => {
    const [row] = diffColumns([{ key: 'k', values: [1, '1', null, true, 'true'] }])
    expect(row?.cells.map(({ text }) => text)).toEqual(['1', '"1"', null, 'true', '"true"'])
    expect(row?.isEqual).toBe(false)
  })
})

describe('the values of runs', () => {
  it('are numbers where there are only numbers, NaN among them', () => {
    const known = toRunValues([1, 'NaN', null, 2])
    expect(known.kind).toBe('number')
    expect([...known.values]).toEqual([1, Number.NaN, Number.NaN, 2])
  })

  it('are else categories in order of their names', () => {
    const known = toRunValues(['mlp', 'cnn', null, 3, 'mlp'])
    expect([...known.values]).toEqual([2, 1, Number.NaN, 0, 2])
    expect(known.kind === 'category' && known.categories.map(({ text }) => text)).toEqual(['3', 'cnn', 'mlp'])
  })
})

describe('a metric against the baseline', () => {
  it('has differences, judged by which way it improves', () => {
    const { cells } = metricRow('loss', [0.5, 0.25, 0.75, null, 0.5], 'min')
    expect(cells.map(({ delta }) => delta)).toEqual([null, -0.25, 0.25, null, 0])
    expect(cells.map(({ relative }) => relative)).toEqual([null, -0.5, 0.5, null, 0])
    expect(cells.map(({ verdict }) => verdict)).toEqual([null, 'better', 'worse', null, 'same'])
    expect(cells.map(({ isBest }) => isBest)).toEqual([false, true, false, false, false])
  })

  it('of which no value is better has no verdict and no best', () => {
    const { cells } = metricRow('lr', [-2, -1], 'none')
    expect(cells[1]).toEqual({ value: -1, delta: 1, relative: 0.5, verdict: null, isBest: false })
  })

  it('has no part of nothing, nothing of NaN, and no best among equals', () => {
    const { cells } = metricRow('acc', [0, 1, Number.NaN], 'max')
    expect(cells[1]?.relative).toBeNull()
    expect(cells[2]).toEqual({ value: Number.NaN, delta: null, relative: null, verdict: null, isBest: false })
    expect(metricRow('acc', [1, 1], 'max').cells.some(({ isBest }) => isBest)).toBe(false)
  })
})

it('compares params as they are now, and says what one was before it was set while its run ran', () => {
  const changes = [undefined, { first: 0.01, step: 5 }]
  expect(diffColumns([{ key: 'lr', values: [0.01, 0.003], changes }])).toEqual([
    {
      key: 'lr',
      isEqual: false,
      cells: [
        { text: '0.01', differs: false },
        { text: '0.01 → 0.003 at step 5', differs: true },
      ],
    },
  ])
})
