import { isJsonObject, type JsonValue } from '../../model/json.ts'
import { compareNatural } from '../../model/natural-order.ts'
import { parseNumericText } from '../../model/numeric-text.ts'

/**
 * What some runs have of one thing, ready to be drawn and calculated with.
 *
 * Shape: `values`, one entry a run; NaN where it is missing or no finite number, and of a category its place among
 * `categories`, which are in order of what they are called.
 */
export type RunValues =
  /** `isText`: some of the numbers are texts; missing where none is. */
  | { readonly kind: 'number'; readonly values: Float64Array; readonly isText?: true }
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

/** Numbers where there is nothing but numbers, texts that are numbers among them, else categories. Cost: linear, for objects in their size. */
export function toRunValues(column: readonly JsonValue[]): RunValues {
  const isNumeric =
    column.some(isNumeral) &&
    column.every((value) => value === null || isNumeral(value) || NON_FINITE.has(value))
  if (isNumeric)
    return {
      kind: 'number',
      values: Float64Array.from(column, (value) => numberOf(value) ?? Number.NaN),
      ...(column.some((value) => typeof value === 'string' && isNumeral(value)) ? { isText: true } : {}),
    }
  const cells = withNumbers(column)
  const ids = cells.map((value) => (value === null ? null : canonicalJson(value)))
  const known = new Map<string, Category>()
  for (const [index, id] of ids.entries()) {
    const value = cells[index] ?? null
    if (id !== null && !known.has(id)) known.set(id, { id, text: clip(valueWords(value)), value })
  }
  const categories = [...known.values()].toSorted(
    (a, b) => compareNatural(a.text, b.text) || compareTexts(a.id, b.id),
  )
  const places = new Map(categories.map(({ id }, place) => [id, place]))
  return {
    kind: 'category',
    values: Float64Array.from(ids, (id) => (id === null ? Number.NaN : (places.get(id) ?? Number.NaN))),
    categories,
  }
}

/** A text that is a number some run has is that number: a filter that says `= 1` finds both. */
function withNumbers(column: readonly JsonValue[]): readonly JsonValue[] {
  const numbers = new Set(column.filter((value) => typeof value === 'number'))
  if (numbers.size === 0) return column
  return column.map((value) => {
    const number = typeof value === 'string' ? parseNumericText(value) : null
    return number !== null && numbers.has(number) ? number : value
  })
}

function isNumeral(value: JsonValue): boolean {
  return typeof value === 'number' || numberOf(value) !== null
}

/** A finite number, also one that is written as a text; null for anything else. */
export function numberOf(value: JsonValue): number | null {
  if (typeof value === 'string') return parseNumericText(value)
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** A label has room for no more. Unit: UTF-16 code units. */
const MAX_LABEL = 120

function clip(text: string): string {
  return text.length > MAX_LABEL ? `${text.slice(0, MAX_LABEL)}…` : text
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
