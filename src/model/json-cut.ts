import { scalarToJson, type JsonObject, type JsonValue } from './json.ts'

/** How much of one value is kept. Unit: values in values, levels, UTF-16 code units of keys and texts. */
export interface JsonBudget {
  readonly nodes: number
  readonly depth: number
  readonly text: number
}

/**
 * Of a param or an entry of a summary: a config of the largest kind fits, a model that was passed by mistake does not.
 * 10,000 runs with a value as large as this are still listed at once.
 */
export const PARAM_BUDGET: JsonBudget = { nodes: 2_000, depth: 16, text: 32_768 }

/** Of a topic of an environment, such as the columns of a dataset. */
export const ENVIRONMENT_BUDGET: JsonBudget = { nodes: 20_000, depth: 16, text: 262_144 }

/** What a client puts in place of what it cuts. Unit: UTF-16 code units. */
const MARK = 40

/** For what comes from outside: a client may have cut it already, and what it put in place of the rest shall fit too. */
export function withSlack({ nodes, depth, text }: JsonBudget): JsonBudget {
  return { nodes: 2 * nodes, depth: 2 * depth, text: 2 * text + MARK * nodes }
}

/** More keys than this are no params. */
const MAX_KEYS = 10_000

/** What is left of a value, and whether something was left out. */
export interface Bounded<T extends JsonValue> {
  readonly value: T
  /** What was cut or kept only by name, in words; null where nothing was. */
  readonly cut: string | null
}

/** What is left of a budget, and what was cut for want of it. */
export interface Left {
  nodes: number
  text: number
  cut: string | null
}

/** Makes JSON of what is none. `path`: the objects around it. */
export type ReadOdd = (value: object, left: Left, depth: number, path: readonly object[]) => JsonValue

/**
 * Bounds plain JSON, which says itself what was left out: `[cut: 3,210 more]`. What is no list and no plain object is left to
 * `readOdd`.
 *
 * Cost: that of the budget, whatever the size of the value.
 */
export function cutJson(value: unknown, budget: JsonBudget, readOdd: ReadOdd = nameless): Bounded<JsonValue> {
  const left: Left = { nodes: budget.nodes, text: budget.text, cut: null }
  return { value: toJson(value, left, budget.depth, [], readOdd), cut: left.cut }
}

/** The same of the entries of an object, each with a budget of its own; of anything else an empty one. */
export function cutObject(
  given: unknown,
  budget: JsonBudget,
  readOdd: ReadOdd = nameless,
): Bounded<JsonObject> {
  const cuts: string[] = []
  const entries: [string, JsonValue][] = []
  const keys = namesOf(given)
  for (const key of keys.slice(0, MAX_KEYS)) {
    const bounded = cutJson(read(given, key), budget, readOdd)
    if (bounded.cut !== null) cuts.push(`${key} (${bounded.cut})`)
    entries.push([key, bounded.value])
  }
  const left = keys.length - MAX_KEYS
  if (left > 0) {
    cuts.push(`${left} of ${keys.length} names`)
    entries.push(['[cut]', `[cut: ${left.toLocaleString('en')} more]`])
  }
  return { value: Object.fromEntries(entries), cut: cuts.length === 0 ? null : cuts.join(', ') }
}

export function toJson(
  value: unknown,
  left: Left,
  depth: number,
  ancestors: readonly object[],
  readOdd: ReadOdd,
): JsonValue {
  left.nodes -= 1
  switch (typeof value) {
    case 'string':
      return toText(value, left)
    case 'function':
      return named(value.name === '' ? 'function' : `function ${value.name}`, left)
    case 'object':
      return value === null ? null : inside(value, left, depth, ancestors, readOdd)
    default:
      return scalarToJson(value)
  }
}

function toText(text: string, left: Left): string {
  if (text.length <= left.text) {
    left.text -= text.length
    return text
  }
  const kept = text.slice(0, left.text)
  left.text = 0
  return `${kept}${cutOff(text.length - kept.length, 'characters', left)}`
}

function inside(
  value: object,
  left: Left,
  depth: number,
  ancestors: readonly object[],
  readOdd: ReadOdd,
): JsonValue {
  if (ancestors.includes(value)) return '[circular]'
  const path = [...ancestors, value]
  try {
    if (Array.isArray(value)) return listToJson(value, left, depth, path, readOdd)
    return isPlain(value)
      ? recordToJson(value, left, depth, path, readOdd)
      : readOdd(value, left, depth, path)
  } catch {
    return '[unreadable]'
  }
}

export function listToJson(
  list: readonly unknown[],
  left: Left,
  depth: number,
  path: readonly object[],
  readOdd: ReadOdd,
): JsonValue {
  if (depth <= 0) return cutOff(list.length, 'more', left)
  const kept: JsonValue[] = []
  for (let index = 0; index < list.length; index += 1) {
    if (left.nodes <= 0) {
      kept.push(cutOff(list.length - index, 'more', left))
      break
    }
    kept.push(toJson(read(list, String(index)), left, depth - 1, path, readOdd))
  }
  return kept
}

export function recordToJson(
  record: object,
  left: Left,
  depth: number,
  path: readonly object[],
  readOdd: ReadOdd,
): JsonValue {
  const keys = namesOf(record)
  if (depth <= 0) return cutOff(keys.length, 'more', left)
  const entries: [string, JsonValue][] = []
  for (const [index, key] of keys.entries()) {
    if (left.nodes <= 0 || left.text < key.length) {
      entries.push(['[cut]', cutOff(keys.length - index, 'more', left)])
      break
    }
    left.text -= key.length
    entries.push([key, toJson(read(record, key), left, depth - 1, path, readOdd)])
  }
  return Object.fromEntries(entries)
}

/** What has a name and is no JSON. */
export function named(name: string, left: Left): string {
  left.cut ??= `${name} is kept by its name alone`
  return `[${name}]`
}

function cutOff(count: number, what: string, left: Left): string {
  left.cut = `${count.toLocaleString('en')} ${what} left out`
  return `[cut: ${count.toLocaleString('en')} ${what}]`
}

function namesOf(value: unknown): readonly string[] {
  try {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
  } catch {
    return []
  }
}

function read(value: unknown, key: string): unknown {
  try {
    return Reflect.get(Object(value), key)
  } catch {
    return '[unreadable]'
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** Plain JSON has no such objects. */
function nameless(_value: object, left: Left): JsonValue {
  return named('object', left)
}
