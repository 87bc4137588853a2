import { arrayDigest } from './array-digest.ts'
import { nonFiniteText, type JsonObject, type JsonValue } from './json.ts'

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
const MAX_KEYS = 1_000

/** Typed arrays up to this length are a setting, such as the betas of an optimizer. */
const MAX_LISTED = 32

/** What is left of a value, and whether something was left out. */
export interface Bounded<T extends JsonValue> {
  readonly value: T
  /** What was cut or kept only by name, in words; null where nothing was. */
  readonly cut: string | null
}

/**
 * Turns anything into plain JSON of bounded size that says itself what was left out: `[cut: 3,210 more]`.
 *
 * Long typed arrays become type, shape and digest, functions and objects of a class their name, cycles `[circular]`, what
 * throws `[unreadable]`, non-finite numbers their names. Never throws.
 *
 * Cost: that of the budget, whatever the size of the value; a typed array is digested whole.
 */
export function toBoundedJson(value: unknown, budget: JsonBudget): Bounded<JsonValue> {
  const left: Left = { nodes: budget.nodes, text: budget.text, cut: null }
  return { value: toJson(value, left, budget.depth, []), cut: left.cut }
}

/** The same of the entries of an object, each with a budget of its own; of anything else an empty one. */
export function toBoundedObject(given: unknown, budget: JsonBudget): Bounded<JsonObject> {
  const value = given instanceof Map ? Object.fromEntries(given) : given
  const cuts: string[] = []
  const entries: [string, JsonValue][] = []
  const keys = namesOf(value)
  for (const key of keys.slice(0, MAX_KEYS)) {
    const bounded = toBoundedJson(read(value, key), budget)
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

interface Left {
  nodes: number
  text: number
  cut: string | null
}

function toJson(value: unknown, left: Left, depth: number, ancestors: readonly object[]): JsonValue {
  left.nodes -= 1
  switch (typeof value) {
    case 'string':
      return toText(value, left)
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) ? value : nonFiniteText(value)
    case 'bigint':
      return value.toString()
    case 'function':
      return named(value.name === '' ? 'function' : `function ${value.name}`, left)
    case 'object':
      return value === null ? null : inside(value, left, depth, ancestors)
    default:
      return null
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

function inside(value: object, left: Left, depth: number, ancestors: readonly object[]): JsonValue {
  if (ancestors.includes(value)) return '[circular]'
  try {
    return objectToJson(value, left, depth, [...ancestors, value])
  } catch {
    return '[unreadable]'
  }
}

function objectToJson(value: object, left: Left, depth: number, path: readonly object[]): JsonValue {
  if (Array.isArray(value)) return listToJson(value, left, depth, path)
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return typedToJson(value, left, depth, path)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof Map) return recordToJson(Object.fromEntries(value), left, depth, path)
  if (value instanceof Set) return listToJson([...value], left, depth, path)
  if (isPlain(value)) return recordToJson(value, left, depth, path)
  const primitive = primitiveOf(value)
  return primitive === undefined ? named(instanceName(value), left) : toJson(primitive, left, depth, path)
}

function listToJson(list: readonly unknown[], left: Left, depth: number, path: readonly object[]): JsonValue {
  if (depth <= 0) return cutOff(list.length, 'more', left)
  const kept: JsonValue[] = []
  for (let index = 0; index < list.length; index += 1) {
    if (left.nodes <= 0) {
      kept.push(cutOff(list.length - index, 'more', left))
      break
    }
    kept.push(toJson(read(list, String(index)), left, depth - 1, path))
  }
  return kept
}

function recordToJson(record: object, left: Left, depth: number, path: readonly object[]): JsonValue {
  const keys = namesOf(record)
  if (depth <= 0) return cutOff(keys.length, 'more', left)
  const entries: [string, JsonValue][] = []
  for (const [index, key] of keys.entries()) {
    if (left.nodes <= 0 || left.text < key.length) {
      entries.push(['[cut]', cutOff(keys.length - index, 'more', left)])
      break
    }
    left.text -= key.length
    entries.push([key, toJson(read(record, key), left, depth - 1, path)])
  }
  return Object.fromEntries(entries)
}

function typedToJson(array: ArrayBufferView, left: Left, depth: number, path: readonly object[]): JsonValue {
  const length = Number(Reflect.get(array, 'length'))
  if (length <= MAX_LISTED)
    return listToJson(Array.from(array as unknown as ArrayLike<unknown>), left, depth, path)
  left.cut ??= 'a typed array is kept as its type, shape and digest'
  const dtype = String(Reflect.get(array, Symbol.toStringTag)).replace('Array', '').toLowerCase()
  return { dtype, shape: [length], digest: arrayDigest(array) }
}

/** What has a name and is no JSON. */
function named(name: string, left: Left): string {
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

/** Of what stands for one value, such as `new Number(3)`, a decimal or a URL; undefined for any other object. */
function primitiveOf(value: object): unknown {
  if (value instanceof URL || value instanceof RegExp || value instanceof Error) return String(value)
  const valueOf: unknown = Reflect.get(value, 'valueOf')
  if (typeof valueOf !== 'function' || valueOf === Object.prototype.valueOf) return undefined
  const primitive: unknown = valueOf.call(value)
  return typeof primitive === 'object' || typeof primitive === 'function' ? undefined : primitive
}

/** `Sequential`; of a tensor with its type and shape: `Tensor float32 [2, 3]`. */
function instanceName(value: object): string {
  const { constructor } = value
  const name = typeof constructor === 'function' && constructor.name !== '' ? constructor.name : 'object'
  const [dtype, shape]: unknown[] = [Reflect.get(value, 'dtype'), Reflect.get(value, 'shape')]
  const isTensor = typeof dtype === 'string' && Array.isArray(shape)
  return isTensor ? `${name} ${dtype} [${shape.join(', ')}]` : name
}
