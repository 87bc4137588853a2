import type { ExperimentId, RunId } from '../model/units.ts'
import type { DatabaseId } from './database-id.ts'

/** A rule that held; the run has an event of the same words. */
export interface AlertRaised {
  readonly database: DatabaseId
  readonly experimentId: ExperimentId
  readonly runId: RunId
  readonly runName: string
  readonly text: string
  /** Asks the training to stop. */
  readonly stops: boolean
}

/** Anything on the origin may write to the notice channel: what is no alert is null. */
export function parseAlertRaised(value: unknown): AlertRaised | null {
  if (typeof value !== 'object' || value === null) return null
  const { type, database, experimentId, runId, runName, text, stops } = value as Record<string, unknown>
  if (type !== 'alertRaised' || typeof stops !== 'boolean') return null
  if (typeof database !== 'string' || typeof experimentId !== 'string' || typeof runId !== 'string')
    return null
  if (typeof runName !== 'string' || typeof text !== 'string') return null
  return { database, experimentId, runId, runName, text, stops }
}
