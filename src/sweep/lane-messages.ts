import { TRIAL_STATUSES, type StopOrder, type TrialOrder, type TrialOutcome } from './trial.ts'

/** What the thread of the sweep tells a lane in a worker. */
export type LaneOrder =
  | { readonly kymoLane: 'trial'; readonly order: TrialOrder }
  | { readonly kymoLane: 'stop'; readonly stop: StopOrder }
  | { readonly kymoLane: 'close' }

/** What a lane tells back. `lock` is held for as long as the worker lives. */
export type LaneReport =
  | { readonly kymoLane: 'ready'; readonly lock: string }
  | { readonly kymoLane: 'started'; readonly runId: string }
  | { readonly kymoLane: 'reported'; readonly value: number; readonly step: number }
  | { readonly kymoLane: 'ended'; readonly outcome: TrialOutcome }
  | { readonly kymoLane: 'closed' }

/** A worker may be sent messages of others too; those are left alone. */
export function isLaneOrder(message: unknown): message is LaneOrder {
  const { kymoLane, order, stop } = fieldsOf(message)
  if (kymoLane === 'close') return true
  if (kymoLane === 'stop') return typeof fieldsOf(stop)['words'] === 'string'
  return kymoLane === 'trial' && isTrialOrder(order)
}

export function isLaneReport(message: unknown): message is LaneReport {
  const { kymoLane, lock, runId, value, step, outcome } = fieldsOf(message)
  switch (kymoLane) {
    case 'ready':
      return typeof lock === 'string'
    case 'started':
      return typeof runId === 'string'
    case 'reported':
      return typeof value === 'number' && typeof step === 'number'
    case 'ended':
      return isOutcome(outcome)
    default:
      return kymoLane === 'closed'
  }
}

function isTrialOrder(value: unknown): value is TrialOrder {
  const { params, metric, direction, options } = fieldsOf(value)
  return (
    typeof params === 'object' &&
    params !== null &&
    typeof metric === 'string' &&
    (direction === 'min' || direction === 'max') &&
    typeof fieldsOf(options)['experiment'] === 'string'
  )
}

function isOutcome(value: unknown): value is TrialOutcome {
  const { status, value: number, reason } = fieldsOf(value)
  return (
    (TRIAL_STATUSES as readonly unknown[]).includes(status) &&
    status !== 'running' &&
    typeof number === 'number' &&
    typeof reason === 'string'
  )
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
