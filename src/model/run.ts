import {
  fillRow,
  JSON_OBJECT,
  oneOf,
  orMissing,
  REAL,
  REAL_OR_NULL,
  since,
  STEP_OR_NULL,
  TEXT,
  TEXT_OR_NULL,
  type RowOf,
} from './column.ts'
import type { JsonValue } from './json.ts'
import type { Step, UnixMs } from './units.ts'

/** killed = it stopped without saying so: a closed tab, a crash, a lost power supply. */
export const RUN_STATUSES = ['running', 'finished', 'failed', 'killed'] as const
export type RunStatus = (typeof RUN_STATUSES)[number]
export type EndStatus = Exclude<RunStatus, 'running'>

export type Params = Readonly<Record<string, JsonValue>>
/** What a param was before somebody set it in a run that ran. */
export interface ParamChange {
  /** What the run began with. */
  readonly first: JsonValue
  /** When it got the value it has now; null where nobody said so. */
  readonly step: Step | null
}

/** By name, those of a run that were set while it ran; the params themselves are as they are now. */
export type ParamChanges = Readonly<Record<string, ParamChange>>

export type Tags = Readonly<Record<string, string>>

/** What is kept of every run. A field that is added here is stored, read, exported, opened and rescued. */
export const RUN_COLUMNS = {
  id: TEXT,
  experimentId: TEXT,
  name: TEXT,
  /** One that this Kymo does not know is that of a run nobody logs. */
  status: oneOf(RUN_STATUSES, 'killed'),
  startedAt: REAL,
  /** null while running; of a killed run the time of the last thing it logged. */
  endedAt: REAL_OR_NULL,
  groupName: TEXT_OR_NULL,
  jobType: TEXT_OR_NULL,
  parentRunId: TEXT_OR_NULL,
  forkedAtStep: STEP_OR_NULL,
  notes: orMissing(TEXT, ''),
  /** A palette name `series-1` … `series-8` or `#rrggbb`; null lets the reader choose. */
  color: TEXT_OR_NULL,
  environment: JSON_OBJECT,
  /** null while it is among the runs one looks at. */
  archivedAt: since(6, REAL_OR_NULL),
  /** What trained: `page`, `worker` or `node`; null where nobody said so. */
  host: since(9, TEXT_OR_NULL),
} as const

/** One training. */
export type Run = RowOf<typeof RUN_COLUMNS>

const {
  experimentId: _experiment,
  status: _status,
  endedAt: _end,
  archivedAt: _archived,
  ...BIRTH
} = RUN_COLUMNS

/** What a run is born with: all but what comes later. */
export const BIRTH_COLUMNS = BIRTH
export type RunBirth = RowOf<typeof BIRTH_COLUMNS>

/** A run that begins with what is said of it, and with nothing else. */
export function bornWith(said: Partial<RunBirth> & Pick<RunBirth, 'id' | 'name' | 'startedAt'>): RunBirth {
  return fillRow(BIRTH_COLUMNS, said)
}

/** What a run that is there was born with. */
export function birthOf(run: Run): RunBirth {
  return fillRow(BIRTH_COLUMNS, run)
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
