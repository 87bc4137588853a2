import type { RunId } from '../model/units.ts'

/**
 * What the page tells a training worker: to train, or to be a lane of a sweep. `base` is the address of the app, under
 * which `data/` lies.
 */
export type TrainingOrder =
  | { readonly type: 'start' | 'lane'; readonly id: string; readonly base: string }
  | { readonly type: 'stop' }

/** What a training worker tells the page: once that it began, once how it ended. */
export type TrainingReport =
  | { readonly type: 'began'; readonly runId: RunId }
  | { readonly type: 'ended' }
  | { readonly type: 'failed'; readonly message: string }

export function isTrainingOrder(value: unknown): value is TrainingOrder {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false
  if (value.type === 'stop') return true
  return (
    (value.type === 'start' || value.type === 'lane') &&
    'id' in value &&
    typeof value.id === 'string' &&
    'base' in value &&
    typeof value.base === 'string'
  )
}

export function isTrainingReport(value: unknown): value is TrainingReport {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false
  return (
    value.type === 'ended' ||
    (value.type === 'began' && 'runId' in value && typeof value.runId === 'string') ||
    (value.type === 'failed' && 'message' in value && typeof value.message === 'string')
  )
}
