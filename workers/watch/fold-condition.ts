import type { AlertCondition } from '../../src/model/alert.ts'

/** What a rule makes of a series, one value after the other in the order they were logged. */
export interface ConditionFold {
  /** Takes the next value; answers in words when the rule has something to say at it. */
  take(value: number): string | null
}

/**
 * A rule over one series from its first value on.
 *
 * `above` and `below` speak whenever the limit is crossed again after a finite value was back within it; the others once.
 * Values that are not finite are never the best, and count as points that are no better.
 */
export function foldCondition(metric: string, condition: AlertCondition): ConditionFold {
  switch (condition.type) {
    case 'not-finite':
      return once((value) => (Number.isFinite(value) ? null : `${metric} is ${value}`))
    case 'above':
      return crossing(condition.limit, 1, (value) => `${metric} is ${short(value)}, above ${condition.limit}`)
    case 'below':
      return crossing(
        condition.limit,
        -1,
        (value) => `${metric} is ${short(value)}, below ${condition.limit}`,
      )
    case 'plateau':
      return plateau(metric, condition)
    case 'divergence':
      return divergence(metric, condition)
  }
}

function once(speaks: (value: number) => string | null): ConditionFold {
  let hasSpoken = false
  return {
    take(value) {
      // What follows may still be counted, but is not said again.
      const words = hasSpoken ? null : speaks(value)
      hasSpoken ||= words !== null
      return words
    },
  }
}

/** `sign` 1: over the limit is out; -1: under it. */
function crossing(limit: number, sign: 1 | -1, words: (value: number) => string): ConditionFold {
  let isOut = false
  return {
    take(value) {
      if (Number.isNaN(value)) return null
      const wasOut = isOut
      isOut = value * sign > limit * sign
      return isOut && !wasOut ? words(value) : null
    },
  }
}

type Plateau = Extract<AlertCondition, { readonly type: 'plateau' }>

function plateau(metric: string, { points, delta, direction }: Plateau): ConditionFold {
  let best: number | null = null
  let since = 0
  return once((value) => {
    const isBetter =
      Number.isFinite(value) &&
      (best === null || (direction === 'min' ? value < best - delta : value > best + delta))
    if (isBetter) best = value
    since = isBetter ? 0 : since + 1
    return since >= points ? `${metric} has not improved for ${points} points` : null
  })
}

type Divergence = Extract<AlertCondition, { readonly type: 'divergence' }>

function divergence(metric: string, { factor, direction }: Divergence): ConditionFold {
  let best: number | null = null
  return once((value) => {
    const limit = best === null ? null : worseBy(best, factor, direction)
    const isWorse = limit !== null && (direction === 'min' ? value > limit : value < limit)
    const words = isWorse
      ? `${metric} is ${short(value)}, ${factor} times worse than its best, ${short(best ?? value)}`
      : null
    const isBetter = best === null || (direction === 'min' ? value < best : value > best)
    if (Number.isFinite(value) && isBetter) best = value
    return words
  })
}

/** Of a best of 0 nothing is so many times: null. Below zero the other way round, as −10 is twice as bad as −5 of a score. */
function worseBy(best: number, factor: number, direction: 'min' | 'max'): number | null {
  if (best === 0) return null
  return best > 0 === (direction === 'min') ? best * factor : best / factor
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)))
}
