import type { JsonObject, JsonValue } from './json.ts'
import type { ExperimentId, RunId, Step, UnixMs } from './units.ts'

/** killed = it stopped without saying so: a closed tab, a crash, a lost power supply. */
export const RUN_STATUSES = ['running', 'finished', 'failed', 'killed'] as const
export type RunStatus = (typeof RUN_STATUSES)[number]
export type EndStatus = Exclude<RunStatus, 'running'>

export type Params = Readonly<Record<string, JsonValue>>
export type Tags = Readonly<Record<string, string>>

/** One training. */
export interface Run {
  readonly id: RunId
  readonly experimentId: ExperimentId
  readonly name: string
  readonly status: RunStatus
  readonly startedAt: UnixMs
  /** null while running; of a killed run the time of the last thing it logged. */
  readonly endedAt: UnixMs | null
  readonly groupName: string | null
  readonly jobType: string | null
  readonly parentRunId: RunId | null
  readonly forkedAtStep: Step | null
  readonly notes: string
  /** A palette name `series-1` … `series-8` or `#rrggbb`; null lets the reader choose. */
  readonly color: string | null
  readonly environment: JsonObject
  /** null while it is among the runs one looks at. */
  readonly archivedAt: UnixMs | null
}

/**
 * mark: somebody said so. hidden: its page was not to be seen, so the browser may have slowed it down. error: what ended
 * the run, with its stack. control: what somebody asked of it from a dashboard. alert: a rule that held. stall: its thread
 * was busy with one task for long. context-lost: the graphics card took its memory away.
 */
export const EVENT_KINDS = ['mark', 'hidden', 'error', 'control', 'alert', 'stall', 'context-lost'] as const
export type EventKind = (typeof EVENT_KINDS)[number]

/** What happened to a run besides its points. */
export interface RunEvent {
  readonly kind: EventKind
  readonly time: UnixMs
  /** null for a moment. */
  readonly until: UnixMs | null
  /** null where there was none yet. */
  readonly step: Step | null
  readonly text: string
}

export function isRunStatus(value: unknown): value is RunStatus {
  return (RUN_STATUSES as readonly unknown[]).includes(value)
}
