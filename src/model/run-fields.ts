import type { RUN_COLUMNS } from './run.ts'

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
