import { isFiniteNumber } from './raw-value.ts'

/** When a rule has something to say. */
export type AlertCondition =
  /** A value that is no number, or infinite. */
  | { readonly type: 'not-finite' }
  | { readonly type: 'above'; readonly limit: number }
  | { readonly type: 'below'; readonly limit: number }
  /** No value better than the best before for so many points, by more than `delta`. */
  | {
      readonly type: 'plateau'
      readonly points: number
      readonly delta: number
      readonly direction: 'min' | 'max'
    }
  /** So many times worse than the best value before: `factor` of 2 is twice a loss, or half a score. */
  | { readonly type: 'divergence'; readonly factor: number; readonly direction: 'min' | 'max' }

/** What is watched in every run of an experiment. */
export interface AlertRule {
  readonly metric: string
  readonly condition: AlertCondition
  /** Asks the run to stop as well. */
  readonly stops: boolean
}

/** Whether something from outside is a rule. */
export function isAlertRule(value: unknown): value is AlertRule {
  if (typeof value !== 'object' || value === null) return false
  const { metric, condition, stops } = value as Partial<Record<keyof AlertRule, unknown>>
  return (
    typeof metric === 'string' && metric !== '' && typeof stops === 'boolean' && isAlertCondition(condition)
  )
}

function isAlertCondition(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { type, limit, points, delta, factor, direction } = value as Record<string, unknown>
  const isDirected = direction === 'min' || direction === 'max'
  switch (type) {
    case 'not-finite':
      return true
    case 'above':
    case 'below':
      return isFiniteNumber(limit)
    case 'plateau':
      return isDirected && isFiniteNumber(delta) && Number.isSafeInteger(points) && Number(points) > 0
    case 'divergence':
      return isDirected && isFiniteNumber(factor) && factor > 1
    default:
      return false
  }
}
