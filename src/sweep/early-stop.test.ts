import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAsha } from './asha.ts'
import { parseEarlyStop } from './early-stop.ts'
import type { EarlyStopper } from './early-stopper.ts'
import { createMedianRule } from './median-rule.ts'

/** Reports a curve as a trial, at steps 1, 2, 3, …; the step it was stopped at, or null. */
function follow(stopper: EarlyStopper, trial: number, losses: readonly number[]): number | null {
  for (const [index, loss] of losses.entries()) {
    if (stopper.report(trial, index + 1, loss) === null) continue
    stopper.end(trial, true)
    return index + 1
  }
  stopper.end(trial, true)
  return null
}

/** Three trials that ended. Their averages by step 1, 2, 3: 4, 3, 2 · 6, 5, 4 · 9, 9, 9. */
function afterThree(options = { warmup: 0, minTrials: 3 }): EarlyStopper {
  const stopper = createMedianRule(options)
  expect(follow(stopper, 1, [4, 2, 0])).toBeNull()
  expect(follow(stopper, 2, [6, 4, 2])).toBeNull()
  expect(follow(stopper, 3, [9, 9, 9])).toBeNull()
  return stopper
}

describe('the median rule', () => {
  it.each([
    // By step 1, 2, 3 the medians of the averages are 6, 5, 4.
    { losses: [6, 5, 4], at: null },
    { losses: [7], at: 1 },
    { losses: [6, 6], at: 2 },
    { losses: [5, 5, 5], at: 3 },
    // Its best so far counts, not what it has now.
    { losses: [3, 100, 100], at: null },
    { losses: [Infinity], at: 1 },
    { losses: [6, 5, Infinity], at: 3 },
    { losses: [4, Infinity, Infinity], at: null },
  ])('stops $losses at $at', ({ losses, at }) => {
    expect(follow(afterThree(), 4, losses)).toBe(at)
  })

  it('waits for as many trials and steps as asked', () => {
    expect(follow(afterThree({ warmup: 3, minTrials: 3 }), 4, [7, 7, 7])).toBe(3)
    expect(follow(afterThree({ warmup: 0, minTrials: 4 }), 4, [7, 7, 7])).toBeNull()
  })

  it('takes a trial that only gave NaN for the worst, and stops none when most did', () => {
    const stopper = createMedianRule({ warmup: 0, minTrials: 3 })
    for (const trial of [1, 2]) follow(stopper, trial, [Infinity, Infinity])
    follow(stopper, 3, [5, 5])
    expect(follow(stopper, 4, [1_000, Infinity])).toBeNull()
  })

  it('compares only with trials that had reported by then, and forgets failed ones', () => {
    const stopper = createMedianRule({ warmup: 0, minTrials: 1 })
    stopper.report(1, 10, 1)
    stopper.end(1, true)
    expect(stopper.report(2, 9, 50)).toBeNull()
    expect(stopper.report(2, 10, 50)).toContain('stopped at step 10: worse than the median of 1 trials')
    stopper.report(3, 1, 0)
    stopper.end(3, false)
    expect(stopper.report(4, 1, 50)).toBeNull()
  })

  it('never stops the best trial so far', () => {
    const curve = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
      minLength: 1,
      maxLength: 5,
    })
    fc.assert(
      fc.property(fc.array(curve, { minLength: 2, maxLength: 8 }), (curves) => {
        const stopper = createMedianRule({ warmup: 0, minTrials: 1 })
        const lowest = Math.min(...curves.flat())
        const survived = curves.map((losses, trial) => {
          const stoppedAt = follow(stopper, trial, losses)
          return stoppedAt === null || Math.min(...losses.slice(0, stoppedAt)) > lowest
        })
        expect(survived).not.toContain(false)
      }),
    )
  })
})

describe('asynchronous successive halving', () => {
  it('lets the best third so far pass each rung', () => {
    const stopper = createAsha({ minStep: 1, eta: 3 })
    // At step 1: the first two pass because there is no third; from then on the best third of those that came.
    const first = [5, 4, 6, 3, 2, 5].map((loss, trial) => stopper.report(trial, 1, loss) === null)
    expect(first).toEqual([true, true, false, true, true, false])
    // At step 3 only those that passed are there.
    const second = [0, 1, 3, 4].map((trial) => stopper.report(trial, 3, [5, 4, 0, 1, 2][trial] ?? 0) === null)
    expect(second).toEqual([true, true, true, false])
  })

  it('asks nothing between the rungs', () => {
    const stopper = createAsha({ minStep: 2, eta: 2 })
    const rows = [1, 2, 3].flatMap((step) => [0, 1, 2, 3].map((trial) => stopper.report(trial, step, trial)))
    // Only at step 2: the first passes alone, of two one goes on, of three one, of four two.
    const stopped = rows.map((words, index) =>
      words === null ? null : `step ${1 + (index >> 2)}, ${index & 3}`,
    )
    expect(stopped.filter((each) => each !== null)).toEqual(['step 2, 1', 'step 2, 2', 'step 2, 3'])
  })

  it('says why, with the place among those that came', () => {
    const stopper = createAsha({ minStep: 4, eta: 2 })
    stopper.report(1, 4, 0.1)
    expect(stopper.report(2, 5, 0.3)).toBe(
      'stopped at step 5: place 2 of 2 trials there, of which 1 may go on',
    )
  })

  it('takes NaN for the worst, even where all are', () => {
    const stopper = createAsha({ minStep: 1, eta: 2 })
    const words = [Infinity, Infinity, Infinity, 7].map(
      (loss, trial) => stopper.report(trial, 1, loss) === null,
    )
    expect(words).toEqual([true, false, false, true])
  })

  it('judges a trial that reports rarely at every rung it passed', () => {
    const stopper = createAsha({ minStep: 1, eta: 2 })
    stopper.report(1, 8, 1)
    expect(stopper.report(2, 2, 5)).not.toBeNull()
    expect(stopper.report(3, 8, 0)).toBeNull()
  })

  it('agrees with counting, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { maxLength: 60 }), (losses) => {
        const stopper = createAsha({ minStep: 1, eta: 3 })
        for (const [trial, loss] of losses.entries()) {
          const better = losses.slice(0, trial).filter((other) => other <= loss).length
          const mayPass = trial < 2 || (better < Math.floor((trial + 1) / 3) && loss < Infinity)
          expect(stopper.report(trial, 1, loss) === null).toBe(mayPass)
        }
      }),
    )
  })
})

describe('what is asked for', () => {
  it('is a name or a name with options, or nothing', () => {
    for (const nothing of [undefined, null, false])
      expect(parseEarlyStop(nothing)).toEqual({ ok: true, value: null })
    for (const asked of ['median', { rule: 'median', warmup: 3 }]) {
      const parsed = parseEarlyStop(asked)
      expect(parsed.ok && parsed.value?.rule).toBe('median')
    }
    const asha = parseEarlyStop({ rule: 'asha', minStep: 10, eta: 4 })
    expect(asha.ok && asha.value?.rule).toBe('asha')
  })

  it.each([
    ['hyperband', "earlyStop must be 'median' or 'asha'"],
    [{ rule: 'asha', eta: 1 }, 'earlyStop.eta must be a number from 2 on.'],
    [{ rule: 'asha', minStep: Number.NaN }, 'earlyStop.minStep must be a number from 1 on.'],
    [{ rule: 'median', minTrials: 'five' }, 'earlyStop.minTrials must be a number from 1 on.'],
    [7, "earlyStop must be 'median' or 'asha'"],
  ])('is refused in plain words: %j', (asked, words) => {
    const parsed = parseEarlyStop(asked)
    expect(parsed.ok ? '' : parsed.error.join(' ')).toContain(words)
  })
})
