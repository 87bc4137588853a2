/** What a param or an environment may hold: plain JSON, with the numbers JSON forgets as strings (see `toJsonValue`). */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }

export type JsonObject = { readonly [key: string]: JsonValue }

/** The non-finite numbers as JSON strings, in the spelling Python and JavaScript both read. */
const NON_FINITE = new Map<number, string>([
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
  [Number.NEGATIVE_INFINITY, '-Infinity'],
])

function nonFiniteText(value: number): JsonValue {
  return NON_FINITE.get(value) ?? null
}

/** How deep a value may nest; deeper is refused rather than overflowing the stack of whoever reads it. */
export const JSON_MAX_DEPTH = 64

/**
 * Turns anything a caller passes into plain JSON that survives a trip through text and structured clone.
 *
 * Functions, symbols and undefined become null, bigints and dates strings, typed arrays arrays, cycles the string
 * `[circular]`, non-finite numbers the strings `NaN`, `Infinity`, `-Infinity`. Never throws, not even for getters that do.
 *
 * Cost: linear in the size of the value.
 */
export function toJsonValue(value: unknown): JsonValue {
  return toJson(value, [])
}

function toJson(value: unknown, ancestors: readonly object[]): JsonValue {
  return typeof value === 'object' && value !== null ? objectToJson(value, ancestors) : scalarToJson(value)
}

/** The same of what has nothing in it. */
export function scalarToJson(value: unknown): JsonValue {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) ? value : nonFiniteText(value)
    case 'bigint':
      return value.toString()
    default:
      return null
  }
}

function objectToJson(value: object, ancestors: readonly object[]): JsonValue {
  if (ancestors.includes(value)) return '[circular]'
  if (ancestors.length >= JSON_MAX_DEPTH) return '[too deep]'
  const inside = [...ancestors, value]
  try {
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      return Array.from(value as unknown as ArrayLike<number | bigint>, (entry) => toJson(entry, inside))
    }
    if (Array.isArray(value)) return value.map((entry) => toJson(entry, inside))
    if (value instanceof Map) return objectToJson(Object.fromEntries(value), inside)
    if (value instanceof Set) return objectToJson([...value], inside)
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toJson(entry, inside)]))
  } catch {
    return '[unreadable]'
  }
}

/** A value as JSON text, NaN and the infinities as the texts of their names. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(
    value,
    (_key, part: unknown) => (typeof part === 'number' ? scalarToJson(part) : part),
    indent,
  )
}

/** Parses JSON text from outside; undefined when it is not JSON. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}

/** Parses JSON text from outside; what is no JSON is the text it is. */
export function parseJsonOrText(text: string): JsonValue {
  const value = parseJson(text)
  return value === undefined ? text : value
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Objects within objects by their paths, with dots between the names; lists, and objects with nothing in them, are as they are. */
export function flattenJson(value: JsonObject, prefix = ''): (readonly [path: string, value: JsonValue])[] {
  return Object.entries(value).flatMap(([key, part]) =>
    isJsonObject(part) && Object.keys(part).length > 0
      ? flattenJson(part, `${prefix}${key}.`)
      : [[`${prefix}${key}`, part] as const],
  )
}
