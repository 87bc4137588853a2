import { describe, expect, it } from 'vitest'
import type { AlertCondition, AlertRule } from '../../model/alert.ts'
import { draftProblem, draftToRule, EMPTY_DRAFT, ruleToDraft } from './alert-draft.ts'

const CONDITIONS: readonly AlertCondition[] = [
  { type: 'not-finite' },
  { type: 'above', limit: -1.5 },
  { type: 'below', limit: 1e-7 },
  { type: 'plateau', points: 30, delta: 0.25, direction: 'max' },
  { type: 'divergence', factor: 3, direction: 'min' },
]

describe('the draft of an alert', () => {
  it('makes the rule again that it was made of', () => {
    for (const condition of CONDITIONS) {
      const rule: AlertRule = { metric: 'val/acc', condition, stops: true }
      const draft = ruleToDraft(rule)
      expect(draftToRule(draft, draft.direction ?? 'min')).toEqual(rule)
    }
  })

  it('is no rule without a metric, and while its number is none', () => {
    const draft = { ...EMPTY_DRAFT, metric: 'loss' }
    expect(draftToRule({ ...EMPTY_DRAFT, metric: ' ' }, 'min')).toBeNull()
    expect(draftToRule({ ...draft, type: 'above', number: '' }, 'min')).toBeNull()
    expect(draftToRule({ ...draft, type: 'above', number: '2x' }, 'min')).toBeNull()
    expect(draftToRule({ ...draft, type: 'above', number: ' 2 ' }, 'min')?.condition).toEqual({
      type: 'above',
      limit: 2,
    })
  })

  it('says what is wrong only of what was typed', () => {
    const draft = { ...EMPTY_DRAFT, metric: 'loss', type: 'plateau' } as const
    expect(draftProblem(draft)).toBe('')
    expect(draftProblem({ ...draft, number: '50' })).toBe('')
    expect(draftProblem({ ...draft, number: '0.5' })).toContain('whole number of points')
    expect(draftProblem({ ...draft, type: 'divergence', number: '1' })).toContain('greater than 1')
    expect(draftProblem({ ...draft, metric: '', number: '0.5' })).toBe('')
  })
})
