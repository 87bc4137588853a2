import type { RunField } from '../protocol/run-query.ts'

/** What kind of values an operand has; `json` those of params, which may be any. */
export type ValueKind = 'text' | 'status' | 'time' | 'duration' | 'number' | 'json'

interface FieldName {
  readonly field: RunField
  readonly kind: ValueKind
}

/** What a filter calls that which every run has. */
export const FIELD_NAMES: ReadonlyMap<string, FieldName> = new Map<string, FieldName>([
  ['status', { field: 'status', kind: 'status' }],
  ['name', { field: 'name', kind: 'text' }],
  ['started', { field: 'startedAt', kind: 'time' }],
  ['ended', { field: 'endedAt', kind: 'time' }],
  ['duration', { field: 'duration', kind: 'duration' }],
  ['group', { field: 'group', kind: 'text' }],
  ['job_type', { field: 'jobType', kind: 'text' }],
  ['notes', { field: 'notes', kind: 'text' }],
  ['color', { field: 'color', kind: 'text' }],
  ['archived', { field: 'archivedAt', kind: 'time' }],
  ['id', { field: 'id', kind: 'text' }],
])
