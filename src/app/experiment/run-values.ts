import { isJsonObject, type JsonValue } from '../../model/json.ts'

/**
 * What some runs have of one thing, ready to be drawn and calculated with.
 *
 * Shape: `values`, one entry a run; NaN where it is missing or no finite number, and of a category its place among
 * `categories`, which are in order of what they are called.
 */
export type RunValues =
  | { readonly kind: 'number'; readonly values: Float64Array }
  | { readonly kind: 'category'; readonly values: Float64Array; readonly categories: readonly Category[] }

export interface Category {
  /** JSON, with sorted keys: the same for the same value. */
  readonly id: string
  /** As it is shown: a text without quotes unless it would be read as something else. */
  readonly text: string
  readonly value: JsonValue
}

/** The numbers JSON forgets; a param that has one of them somewhere is numeric nonetheless. */
const NON_FINITE: ReadonlySet<JsonValue> = new Set(['NaN', 'Infinity', '-Infinity'])

/** Numbers where there is nothing but numbers, else categories. Cost: linear, for objects in their size. */
export function toRunValues(column: readonly JsonValue[]): RunValues {
  const isNumeric =
    column.some((value) => typeof value === 'number') &&
    column.every((value) => value === null || typeof value === 'number' || NON_FINITE.has(value))
  if (isNumeric)
    return {
      kind: 'number',
      values: Float64Array.from(column, (value) =>
        typeof value === 'number' && Number.isFinite(value) ? value : Number.NaN,
      ),
    }
  const ids = column.map((value) => (value === null ? null : canonicalJson(value)))
  const known = new Map<string, Category>()
  for (const [index, id] of ids.entries()) {
    const value = column[index] ?? null
    if (id !== null && !known.has(id)) known.set(id, { id, text: valueWords(value), value })
  }
  const categories = [...known.values()].toSorted(
    (a, b) => compareTexts(a.text, b.text) || compareTexts(a.id, b.id),
  )
  const places = new Map(categories.map(({ id }, place) => [id, place]))
  return {
    kind: 'category',
    values: Float64Array.from(ids, (id) => (id === null ? Number.NaN : (places.get(id) ?? Number.NaN))),
    categories,
  }
}

/** Whether at least two runs have something different there; a run that has nothing counts when others have something. */
export function doesVary(column: readonly JsonValue[]): boolean {
  const [first] = column
  if (first === undefined) return false
  return column.some((value) => !isSame(value, first))
}

function isSame(a: JsonValue, b: JsonValue): boolean {
  const areBoth = typeof a === 'object' && typeof b === 'object'
  return areBoth ? canonicalJson(a) === canonicalJson(b) : a === b
}

/** JSON that is the same for the same value, whatever the order of its keys. */
export function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (!isJsonObject(value)) return JSON.stringify(value)
  const entries = Object.keys(value)
    .toSorted(compareTexts)
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`)
  return `{${entries.join(',')}}`
}

/** A value on one line; a text that looks like a number or a boolean keeps its quotes. */
export function valueWords(value: JsonValue): string {
  if (typeof value !== 'string') return canonicalJson(value)
  return looksLikeOther(value) ? JSON.stringify(value) : value
}

function looksLikeOther(text: string): boolean {
  if (NON_FINITE.has(text)) return false
  return text.trim() === '' || /^(true|false|null)$/.test(text) || Number.isFinite(Number(text))
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
