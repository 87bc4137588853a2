import { TEXT } from '../../src/model/column.ts'
import type { AlertRule } from '../../src/model/alert.ts'
import type { LogBatch } from '../../src/model/log-batch.ts'
import { NO_POINTS } from '../../src/model/log-batch.ts'
import { nextTask } from '../../src/model/event-loop.ts'
import type { RunEvent } from '../../src/model/run.ts'
import { createId, type ExperimentId, type RunId } from '../../src/model/units.ts'
import type { Outcome } from '../../src/protocol/outcome.ts'
import type { IngestReceipt } from '../../src/protocol/store-api.ts'
import type { AlertRaised } from '../../src/protocol/alert-raised.ts'
import type { Database } from '../db/database.ts'
import { readArrangement } from '../read/arrangement.ts'
import { findSeriesId, readPoints } from '../read/read-points.ts'
import { foldCondition, type ConditionFold } from './fold-condition.ts'

export interface WatchOptions {
  readonly database: Database
  /** Resolves when nothing is applied that may yet be rolled back. */
  settled(): Promise<void>
  ingest(batch: LogBatch): Outcome<IngestReceipt>
  onRaised(alert: AlertRaised): void
}

/** Looks at what is new of the runs it is told of. */
export interface RunWatch {
  /** Resolves when everything durable of them was looked at. */
  look(grown: Iterable<RunId>, arranged: Iterable<ExperimentId>): Promise<void>
}

/** So many points are folded in about a millisecond; others are answered in between. */
const POINTS_AT_ONCE = 65_536

/** A metric that flutters around a limit says enough by then. */
const MAX_ALERTS = 20

/** How far one rule has come with one run. */
interface Progress {
  /** The rule as it was stored: another one begins anew. */
  readonly text: string
  readonly fold: ConditionFold
  /** How many points of the series it has taken. */
  taken: number
  said: number
}

interface Alert extends Omit<AlertRaised, 'database'> {
  readonly event: RunEvent
}

const WATCHED = { experimentId: TEXT, name: TEXT, status: TEXT } as const

/**
 * Holds rules against runs as they grow. Pulls the points it has not seen from the store, so that it does not matter how
 * they came in batches, and begins at the first point after a restart: an event that is stored is not raised again.
 */
export function watchRuns({ database, settled, ingest, onRaised }: WatchOptions): RunWatch {
  const progress = new Map<RunId, Map<string, Progress>>()
  const waiting = new Set<RunId>()
  const clientId = createId()
  let sequence = 0
  let looking: Promise<void> | null = null

  function experimentOf(runId: RunId) {
    return database.sql.first(
      'select experiment_id, name, status from runs where id = ? and removed_at is null',
      [runId],
      WATCHED,
    )
  }

  function progressOf(runId: RunId, alertId: string, rule: AlertRule): Progress {
    const ofRun = progress.get(runId) ?? new Map<string, Progress>()
    progress.set(runId, ofRun)
    const text = JSON.stringify(rule)
    const known = ofRun.get(alertId)
    if (known?.text === text) return known
    const begun = { text, fold: foldCondition(rule.metric, rule.condition), taken: 0, said: 0 }
    ofRun.set(alertId, begun)
    return begun
  }

  /** Folds some of what is new; answers whether there may be more. */
  function takeSome(runId: RunId, at: Progress, metric: string, speak: (event: RunEvent) => void): boolean {
    const seriesId = findSeriesId(database, runId, metric)
    if (seriesId === undefined) return false
    const { steps, values, times } = readPoints(database, seriesId, at.taken, POINTS_AT_ONCE)
    for (let index = 0; index < values.length; index += 1) {
      const words = at.fold.take(values[index] ?? Number.NaN)
      if (words === null || at.said >= MAX_ALERTS) continue
      at.said += 1
      const time = times[index] ?? 0
      speak({ kind: 'alert', time, until: null, step: steps[index] ?? null, text: words })
    }
    at.taken += values.length
    return values.length > 0
  }

  function isStored(runId: RunId, { time, text }: RunEvent): boolean {
    return database.sql.exists(
      `select 1 from events where run_id = ? and time = ? and kind = 'alert' and text = ?`,
      [runId, time, text],
    )
  }

  async function lookAt(runId: RunId): Promise<readonly Alert[]> {
    const run = experimentOf(runId)
    const rules = run === undefined ? [] : readArrangement(database, run.experimentId).alerts
    const alerts: Alert[] = []
    for (const { id, rule } of rules) {
      const at = progressOf(runId, id, rule)
      const speak = (event: RunEvent): void => {
        if (isStored(runId, event)) return
        const { experimentId = '', name = '' } = run ?? {}
        alerts.push({ experimentId, runId, runName: name, text: event.text, stops: rule.stops, event })
      }
      for (;;) {
        await settled()
        if (!database.sql.isOpen || !takeSome(runId, at, rule.metric, speak)) break
        await nextTask()
      }
    }
    if (run?.status !== 'running' || rules.length === 0) progress.delete(runId)
    return alerts
  }

  /** Makes alerts durable and tells of them; those that cannot be are found again with the next points. */
  async function raise(alerts: readonly Alert[]): Promise<void> {
    const [first] = alerts
    if (first === undefined) return
    sequence += 1
    const { runId } = first
    const receipt = await ingest({
      clientId,
      sequence,
      firstUnacknowledged: sequence,
      changes: [{ type: 'addEvents', runId, events: alerts.map(({ event }) => event) }],
      points: NO_POINTS,
    })
    if (!receipt.ok) return void progress.delete(runId)
    for (const { event: _, ...alert } of alerts) onRaised({ ...alert, database: database.id })
  }

  async function lookAtAll(): Promise<void> {
    for (const runId of waiting) {
      waiting.delete(runId)
      await settled()
      if (!database.sql.isOpen) return
      await raise(await lookAt(runId))
    }
  }

  function lookSoon(): Promise<void> {
    looking ??= lookAtAll().finally(() => {
      looking = null
      // Told of between the last of them and now.
      return waiting.size > 0 && database.sql.isOpen ? lookSoon() : undefined
    })
    return looking
  }

  return {
    look(grown, arranged) {
      for (const runId of grown) waiting.add(runId)
      for (const experimentId of arranged) {
        const running = `select id from runs where experiment_id = ? and status = 'running'`
        for (const runId of database.sql.column(running, [experimentId], TEXT)) waiting.add(runId)
      }
      return lookSoon()
    },
  }
}
