import type { JsonValue } from '../../model/json.ts'

/** JSON whose keys are in order, so that equal values are equal texts. */
export function canonicalText(value: JsonValue): string {
  return JSON.stringify(ordered(value))
}

function ordered(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(ordered)
  const entries = Object.entries(value).map(([key, inner]) => [key, ordered(inner)] as const)
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
