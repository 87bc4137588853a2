import {
  fillRow,
  INTEGER_OR_NULL,
  JSON_OBJECT,
  oneOf,
  orMissing,
  REAL,
  REAL_OR_NULL,
  since,
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
  forkedAtStep: INTEGER_OR_NULL,
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

/** What a filter, a column or an axis may ask of a run. */
interface RunFieldSpec {
  /** Where it is kept; `duration` is from start to end. */
  readonly of: keyof typeof RUN_COLUMNS | 'duration'
  readonly kind: 'text' | 'status' | 'time' | 'duration'
  /** What the head of a column says, and in lower case what a sentence says. */
  readonly title: string
  /** What a filter calls it. */
  readonly filter: string
  /** Of its column in the table, where the usual one does not fit. Unit: CSS pixels. */
  readonly width?: number
  /** Whether runs that have the same are a group. */
  readonly isGroupable?: true
  /** Whether runs are compared by it. */
  readonly isCompared?: true
  /** Whether the overview of a run tells it, where it is not null. */
  readonly isFact?: true
}

/** In the order they are offered. Unit: times are UnixMs, durations milliseconds. */
export const RUN_FIELDS = {
  status: {
    of: 'status',
    kind: 'status',
    title: 'Status',
    filter: 'status',
    width: 104,
    isGroupable: true,
    isCompared: true,
  },
  name: { of: 'name', kind: 'text', title: 'Name', filter: 'name' },
  startedAt: {
    of: 'startedAt',
    kind: 'time',
    title: 'Started',
    filter: 'started',
    width: 148,
    isCompared: true,
  },
  endedAt: { of: 'endedAt', kind: 'time', title: 'Ended', filter: 'ended', width: 148 },
  duration: {
    of: 'duration',
    kind: 'duration',
    title: 'Duration',
    filter: 'duration',
    width: 88,
    isCompared: true,
  },
  group: {
    of: 'groupName',
    kind: 'text',
    title: 'Group',
    filter: 'group',
    isGroupable: true,
    isCompared: true,
    isFact: true,
  },
  jobType: {
    of: 'jobType',
    kind: 'text',
    title: 'Job type',
    filter: 'job_type',
    isGroupable: true,
    isCompared: true,
    isFact: true,
  },
  host: {
    of: 'host',
    kind: 'text',
    title: 'Host',
    filter: 'host',
    isGroupable: true,
    isCompared: true,
    isFact: true,
  },
  notes: { of: 'notes', kind: 'text', title: 'Notes', filter: 'notes', width: 240 },
  color: { of: 'color', kind: 'text', title: 'Colour', filter: 'color' },
  archivedAt: { of: 'archivedAt', kind: 'time', title: 'Archived', filter: 'archived', width: 148 },
  id: { of: 'id', kind: 'text', title: 'ID', filter: 'id' },
} as const satisfies Readonly<Record<string, RunFieldSpec>>

export type RunField = keyof typeof RUN_FIELDS

export const RUN_FIELD_NAMES = Object.keys(RUN_FIELDS) as readonly RunField[]

/** What runs that have the same of are a group. */
export const GROUPABLE_FIELDS = RUN_FIELD_NAMES.filter((field) => runField(field).isGroupable === true)

/** What is declared of a field, whichever it is. */
export function runField(field: RunField): RunFieldSpec {
  return RUN_FIELDS[field]
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
