import { arrayDigest } from './array-digest.ts'
import type { JsonObject, JsonValue } from './json.ts'
import {
  cutJson,
  cutObject,
  listToJson,
  named,
  recordToJson,
  toJson,
  type Bounded,
  type JsonBudget,
  type Left,
} from './json-cut.ts'
import { primitiveOf } from './primitive.ts'

/** Typed arrays up to this length are a setting, such as the betas of an optimizer. */
const MAX_LISTED = 32

/**
 * Turns anything into plain JSON of bounded size that says itself what was left out: `[cut: 3,210 more]`.
 *
 * Long typed arrays become type, shape and digest, functions and objects of a class their name, cycles `[circular]`, what
 * throws `[unreadable]`, non-finite numbers their names. Never throws.
 *
 * Cost: that of the budget, whatever the size of the value; a typed array is digested whole.
 */
export function toBoundedJson(value: unknown, budget: JsonBudget): Bounded<JsonValue> {
  return cutJson(value, budget, oddToJson)
}

/** The same of the entries of an object, each with a budget of its own; of anything else an empty one. */
export function toBoundedObject(given: unknown, budget: JsonBudget): Bounded<JsonObject> {
  return cutObject(given instanceof Map ? Object.fromEntries(given) : given, budget, oddToJson)
}

function oddToJson(value: object, left: Left, depth: number, path: readonly object[]): JsonValue {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return typedToJson(value, left, depth, path)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof Map) return recordToJson(Object.fromEntries(value), left, depth, path, oddToJson)
  if (value instanceof Set) return listToJson([...value], left, depth, path, oddToJson)
  const isText = value instanceof URL || value instanceof RegExp || value instanceof Error
  const primitive = isText ? String(value) : primitiveOf(value)
  return primitive === undefined || primitive === value
    ? named(instanceName(value), left)
    : toJson(primitive, left, depth, path, oddToJson)
}

function typedToJson(array: ArrayBufferView, left: Left, depth: number, path: readonly object[]): JsonValue {
  const length = Number(Reflect.get(array, 'length'))
  if (length <= MAX_LISTED)
    return listToJson(Array.from(array as unknown as ArrayLike<unknown>), left, depth, path, oddToJson)
  left.cut ??= 'a typed array is kept as its type, shape and digest'
  const dtype = String(Reflect.get(array, Symbol.toStringTag)).replace('Array', '').toLowerCase()
  return { dtype, shape: [length], digest: arrayDigest(array) }
}

/** `Sequential`; of a tensor with its type and shape: `Tensor float32 [2, 3]`. */
function instanceName(value: object): string {
  const { constructor } = value
  const name = typeof constructor === 'function' && constructor.name !== '' ? constructor.name : 'object'
  const [dtype, shape]: unknown[] = [Reflect.get(value, 'dtype'), Reflect.get(value, 'shape')]
  const isTensor = typeof dtype === 'string' && Array.isArray(shape)
  return isTensor ? `${name} ${dtype} [${shape.join(', ')}]` : name
}
