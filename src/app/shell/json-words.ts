import type { JsonValue } from '../../model/json.ts'
import type { ParamChange, ParamChanges, Params } from '../../model/run.ts'
import { formatStep } from '../../widgets/number-format.ts'

export interface Fact {
  readonly name: string
  readonly value: string
  readonly kind: 'number' | 'text' | 'boolean' | 'null' | 'json'
}

/** Params as rows, in order of name; a text that looks like a number keeps its quotes. */
export function paramsToFacts(params: Params, changes: ParamChanges = {}): readonly Fact[] {
  return Object.entries(params)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => {
      const { kind, value: now } = jsonToFact(name, value)
      const change = changeOf(changes, name)
      return { name, value: change === undefined ? now : changeWords(change, now), kind }
    })
}

/** Of a param that was set while the run ran. */
export function changeOf(changes: ParamChanges | null, name: string): ParamChange | undefined {
  return changes !== null && Object.hasOwn(changes, name) ? changes[name] : undefined
}

/** `0.01 → 0.003 at step 105`; `now` is the value as it is shown. */
export function changeWords({ first, step }: ParamChange, now: string): string {
  const at = step === null ? '' : ` at step ${formatStep(step)}`
  return `${jsonToFact('', first).value} → ${now}${at}`
}

function jsonToFact(name: string, value: JsonValue): Fact {
  if (value === null) return { name, value: 'null', kind: 'null' }
  switch (typeof value) {
    case 'number':
      return { name, value: String(value), kind: 'number' }
    case 'boolean':
      return { name, value: String(value), kind: 'boolean' }
    case 'string':
      return { name, value: looksLikeOther(value) ? JSON.stringify(value) : value, kind: 'text' }
    default:
      return { name, value: objectWords(value), kind: 'json' }
  }
}

/** A text that would be read as a number, a boolean, null or nothing. */
function looksLikeOther(text: string): boolean {
  return text.trim() === '' || /^(true|false|null)$/.test(text) || Number.isFinite(Number(text))
}

/** Objects longer than this are spread over lines; lists of scalars are read along a line whatever their length. */
const ONE_LINE = 48

function objectWords(value: JsonValue): string {
  const flat = JSON.stringify(value)
  const isRow = Array.isArray(value) && value.every((each) => typeof each !== 'object' || each === null)
  return isRow || flat.length <= ONE_LINE ? flat : JSON.stringify(value, null, 2)
}

/** A stranger may nest deeper than there is room on the stack. */
const MAX_DEPTH = 32

/** Nested environments as flat names: `browser.name`. */
export function flattenFacts(value: JsonValue, prefix = '', depth = 0): readonly Fact[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth > MAX_DEPTH) {
    return prefix === '' ? [] : [jsonToFact(prefix, value)]
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    flattenFacts(inner, prefix === '' ? name : `${prefix}.${name}`, depth + 1),
  )
}
