import { expect, it } from 'vitest'
import type { AlertCondition } from '../../model/alert.ts'
import { ruleWords, triedWords, unknownWords } from './alert-words.ts'

const of = (condition: AlertCondition): string => ruleWords({ metric: 'val/acc', condition, stops: false })

it('says what a rule watches', () => {
  expect(of({ type: 'not-finite' })).toBe('val/acc is not a number')
  expect(of({ type: 'below', limit: 0.5 })).toBe('val/acc is below 0.5')
  expect(of({ type: 'plateau', points: 50, delta: 0, direction: 'max' })).toBe(
    'val/acc does not improve for 50 points',
  )
  expect(of({ type: 'plateau', points: 5, delta: 0.1, direction: 'max' })).toBe(
    'val/acc does not improve for 5 points, by more than 0.1',
  )
  expect(of({ type: 'divergence', factor: 2, direction: 'min' })).toBe(
    'val/acc is worse than its best by a factor of 2',
  )
})

it('says what a rule would have said so far, and of how many runs', () => {
  const first = { runName: 'a', step: 1_200, text: 'loss is NaN' }
  expect(triedWords({ runs: 60, of: 60, speaking: 2, first })).toBe(
    'Would have spoken in 2 of 60 runs, last in a: loss is NaN, at step 1,200.',
  )
  expect(triedWords({ runs: 5, of: 60, speaking: 0, first: null })).toBe(
    'Would not have spoken in the newest 5 of 60 runs so far.',
  )
  expect(triedWords({ runs: 0, of: 0, speaking: 0, first: null })).toBe('')
})

it('says when nobody has logged a metric, and what may be meant', () => {
  expect(unknownWords('val/los', ['loss', 'val/loss'])).toBe(
    'No run has logged val/los yet. Did you mean val/loss?',
  )
  expect(unknownWords('reward', ['loss', 'val/loss'])).toBe('No run has logged reward yet.')
  expect(unknownWords('loss', ['loss', 'val/loss'])).toBeNull()
})
