import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AlertCondition } from '../../src/model/alert.ts'
import { foldCondition } from './fold-condition.ts'

/** Where a rule speaks, by looking at all values before each one again and again. */
function naive(values: readonly number[], condition: AlertCondition): readonly number[] {
  const speaks = values.flatMap((_, at) => (holdsAt(values, at, condition) ? [at] : []))
  if (condition.type === 'above' || condition.type === 'below') return speaks
  return speaks.slice(0, 1)
}

function holdsAt(values: readonly number[], at: number, condition: AlertCondition): boolean {
  const value = values[at] ?? Number.NaN
  const before = values.slice(0, at)
  const finite = before.filter(Number.isFinite)
  switch (condition.type) {
    case 'not-finite':
      return !Number.isFinite(value)
    case 'above':
    case 'below': {
      const isOut = (of: number): boolean =>
        condition.type === 'above' ? of > condition.limit : of < condition.limit
      const last = before.findLast((each) => !Number.isNaN(each))
      return isOut(value) && (last === undefined || !isOut(last))
    }
    case 'plateau': {
      const sign = condition.direction === 'min' ? 1 : -1
      // Each improvement is against the one before it, not against the last value.
      const improvements: (readonly [number, number])[] = []
      for (const [index, each] of values.slice(0, at + 1).entries()) {
        const best = improvements.at(-1)?.[1]
        if (!Number.isFinite(each)) continue
        if (best === undefined || each * sign < best * sign - condition.delta)
          improvements.push([index, each])
      }
      return at - (improvements.at(-1)?.[0] ?? -1) >= condition.points
    }
    case 'divergence': {
      if (finite.length === 0) return false
      const best = condition.direction === 'min' ? Math.min(...finite) : Math.max(...finite)
      if (best === 0) return false
      const away =
        best > 0 === (condition.direction === 'min') ? best * condition.factor : best / condition.factor
      return condition.direction === 'min' ? value > away : value < away
    }
  }
}

function speaks(values: readonly number[], condition: AlertCondition): readonly number[] {
  const fold = foldCondition('loss', condition)
  return values.flatMap((value, at) => (fold.take(value) === null ? [] : [at]))
}

/** What a rule says of a series, in order. */
function said(series: readonly number[], rule: AlertCondition): readonly string[] {
  const fold = foldCondition('val/acc', rule)
  return series.flatMap((each) => fold.take(each) ?? [])
}

const value = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: -8, max: 8 }).map((each) => each / 2) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Infinity, -Infinity) },
)
const values = fc.array(value, { maxLength: 40 })
const direction = fc.constantFrom('min' as const, 'max' as const)
const condition: fc.Arbitrary<AlertCondition> = fc.oneof(
  fc.constant({ type: 'not-finite' } as const),
  fc.record({
    type: fc.constantFrom('above' as const, 'below' as const),
    limit: fc.integer({ min: -4, max: 4 }),
  }),
  fc.record({
    type: fc.constant('plateau' as const),
    points: fc.integer({ min: 1, max: 12 }),
    delta: fc.constantFrom(0, 0.5, 2),
    direction,
  }),
  fc.record({ type: fc.constant('divergence' as const), factor: fc.constantFrom(1.5, 2, 4), direction }),
)

describe('a rule over a series', () => {
  it('speaks where looking at everything again says so', () => {
    fc.assert(
      fc.property(values, condition, (series, rule) => {
        expect(speaks(series, rule)).toEqual(naive(series, rule))
      }),
      { numRuns: 3_000 },
    )
  })

  it('says what happened', () => {
    expect(said([1, Number.NaN, Infinity], { type: 'not-finite' })).toEqual(['val/acc is NaN'])
    expect(said([1, 2.34567, 4, 1, 5], { type: 'above', limit: 2 })).toEqual([
      'val/acc is 2.346, above 2',
      'val/acc is 5, above 2',
    ])
    expect(said([1, 0.1], { type: 'below', limit: 0.5 })).toEqual(['val/acc is 0.1, below 0.5'])
    expect(said([1, 1, 1, 1], { type: 'plateau', points: 2, delta: 0, direction: 'max' })).toEqual([
      'val/acc has not improved for 2 points',
    ])
    expect(said([2, 1, 2.5], { type: 'divergence', factor: 2, direction: 'min' })).toEqual([
      'val/acc is 2.5, 2 times worse than its best, 1',
    ])
  })
})
