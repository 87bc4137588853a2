import { RUN_FIELD_NAMES, RUN_FIELDS, type RunField } from '../model/run-fields.ts'

/** What kind of values an operand has; `json` those of params, which may be any; `tag` texts that may be numbers. */
export type ValueKind = (typeof RUN_FIELDS)[RunField]['kind'] | 'number' | 'json' | 'tag'

interface FieldName {
  readonly field: RunField
  readonly kind: ValueKind
}

/** What a filter calls that which every run has. */
export const FIELD_NAMES: ReadonlyMap<string, FieldName> = new Map(
  RUN_FIELD_NAMES.map((field) => [RUN_FIELDS[field].filter, { field, kind: RUN_FIELDS[field].kind }]),
)
