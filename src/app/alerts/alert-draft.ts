import { isAlertRule, type AlertRule } from '../../model/alert.ts'

export type AlertType = AlertRule['condition']['type']

/** A rule as it is typed: texts of numbers, right or not. */
export interface AlertDraft {
  readonly metric: string
  readonly type: AlertType
  /** Of the limit, the points or the factor. */
  readonly number: string
  readonly delta: string
  readonly stops: boolean
  /** null: not said yet. */
  readonly direction: 'min' | 'max' | null
}

/** What a fresh condition of each kind begins with. */
export const FIRST_NUMBERS: Readonly<Record<AlertType, string>> = {
  'not-finite': '',
  above: '',
  below: '',
  plateau: '50',
  divergence: '2',
}

export const EMPTY_DRAFT: AlertDraft = {
  metric: '',
  type: 'not-finite',
  number: '',
  delta: '0',
  stops: false,
  direction: null,
}

export function ruleToDraft({ metric, condition, stops }: AlertRule): AlertDraft {
  const { type } = condition
  const draft = { ...EMPTY_DRAFT, metric, type, stops }
  switch (type) {
    case 'not-finite':
      return draft
    case 'above':
    case 'below':
      return { ...draft, number: String(condition.limit) }
    case 'plateau': {
      const { points, delta, direction } = condition
      return { ...draft, number: String(points), delta: String(delta), direction }
    }
    case 'divergence':
      return { ...draft, number: String(condition.factor), direction: condition.direction }
  }
}

/** null while it is none. `improves`: what is better, where the condition asks. */
export function draftToRule(draft: AlertDraft, improves: 'min' | 'max'): AlertRule | null {
  const value = draft.number.trim() === '' ? Number.NaN : Number(draft.number)
  const condition = {
    'not-finite': { type: 'not-finite' },
    above: { type: 'above', limit: value },
    below: { type: 'below', limit: value },
    plateau: { type: 'plateau', points: value, delta: Number(draft.delta), direction: improves },
    divergence: { type: 'divergence', factor: value, direction: improves },
  }[draft.type]
  const made: unknown = { metric: draft.metric.trim(), condition, stops: draft.stops }
  return isAlertRule(made) ? made : null
}

/** Why the numbers make no rule; empty while nothing is wrong, or nothing was typed yet. */
export function draftProblem(draft: AlertDraft): string {
  const { type, number, metric } = draft
  if (number.trim() === '' || metric.trim() === '' || draftToRule(draft, 'min') !== null) return ''
  if (type === 'plateau') return 'Give a whole number of points, and a number to improve by.'
  return type === 'divergence' ? 'Give a number greater than 1.' : 'Give a number.'
}
