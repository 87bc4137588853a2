import { expect, it } from 'vitest'
import type { AlertCondition } from '../../model/alert.ts'
import { ruleWords, unknownWords } from './alert-words.ts'

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

it('says when nobody has logged a metric, and what may be meant', () => {
  expect(unknownWords('val/los', ['loss', 'val/loss'])).toBe(
    'No run has logged val/los yet. Did you mean val/loss?',
  )
  expect(unknownWords('reward', ['loss', 'val/loss'])).toBe('No run has logged reward yet.')
  expect(unknownWords('loss', ['loss', 'val/loss'])).toBeNull()
})
