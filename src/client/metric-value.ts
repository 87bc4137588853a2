import type { RefusalReason } from '../model/log-batch.ts'
import { parseNumericText } from '../model/numeric-text.ts'
import { primitiveOf } from '../model/primitive.ts'
import { isTypedArray, parseArray, type ParsedArray } from './array-value.ts'
import { isTensor, readTensor, tensorSize } from './tensor-read.ts'

/** What a logged value that is no number was meant to be. */
export type MetricValue =
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'array'; readonly array: ParsedArray }
  /** Values by name. */
  | { readonly kind: 'nested'; readonly values: Readonly<Record<string, unknown>> }
  /** Several values under one name, such as one an epoch. */
  | { readonly kind: 'list'; readonly values: readonly unknown[] }
  /** What it will be, to be looked at again. */
  | { readonly kind: 'later'; readonly value: Promise<unknown> }
  | { readonly kind: 'refused'; readonly reason: RefusalReason }

/** Brackets around a number; more is a list that holds itself. */
const MAX_BRACKETS = 8

/** The spellings of what JSON forgets, of Python and JavaScript. */
const NON_FINITE = /^\s*([+-]?)(nan|inf|infinity)\s*$/i

/** What a value means. Errors: throws what its getters throw. Cost: none of it is copied, and nothing waited for. */
export function toMetricValue(value: unknown, depth = 0): MetricValue {
  switch (typeof value) {
    case 'number':
      return number(value)
    case 'boolean':
      return number(Number(value))
    case 'bigint':
      return bigintValue(value)
    case 'string':
      return textValue(value)
    case 'object':
      return value === null ? refused('value-missing') : objectValue(value, depth)
    case 'undefined':
      return refused('value-missing')
    default:
      return refused('value-not-a-number')
  }
}

function number(value: number): MetricValue {
  return { kind: 'number', number: value }
}

function refused(reason: RefusalReason): MetricValue {
  return { kind: 'refused', reason }
}

function bigintValue(value: bigint): MetricValue {
  const near = Number(value)
  return Number.isFinite(near) && BigInt(near) === value ? number(near) : refused('bigint-too-large')
}

function textValue(text: string): MetricValue {
  const numeric = parseNumericText(text)
  if (numeric !== null) return number(numeric)
  const [, sign, word] = NON_FINITE.exec(text) ?? []
  if (word === undefined) return refused('text-not-a-number')
  return number(/nan/i.test(word) ? Number.NaN : sign === '-' ? -Infinity : Infinity)
}

function objectValue(value: object, depth: number): MetricValue {
  if (Array.isArray(value)) return listValue(value, depth)
  if (isTensor(value)) return tensorValue(value)
  if (typeof Reflect.get(value, 'then') === 'function')
    return { kind: 'later', value: Promise.resolve(value) }
  const array = parseArray(value)
  if (array.ok) return arrayValue(array.value)
  if (isTypedArray(value) || isTypedArray(Reflect.get(value, 'data'))) return refused(array.error)
  if (Array.isArray(Reflect.get(value, 'data')) && Array.isArray(Reflect.get(value, 'shape')))
    return refused('list-of-numbers')
  if (typeof Reflect.get(value, 'getTime') === 'function') return refused('value-is-a-date')
  const primitive = primitiveOf(value)
  if (primitive !== value) return toMetricValue(primitive)
  if (value instanceof Map) return nestedValue(Object.fromEntries(value))
  return isRecordOfValues(value) ? nestedValue({ ...value }) : refused('value-is-an-object')
}

function arrayValue(array: ParsedArray): MetricValue {
  return array.data.length === 1 ? toMetricValue(Reflect.get(array.data, 0)) : { kind: 'array', array }
}

function listValue(values: readonly unknown[], depth: number): MetricValue {
  if (values.length === 0) return refused('value-empty')
  if (values.length > 1) return { kind: 'list', values }
  return depth < MAX_BRACKETS ? toMetricValue(values[0], depth + 1) : refused('value-is-an-object')
}

function tensorValue(tensor: Parameters<typeof readTensor>[0]): MetricValue {
  return tensorSize(tensor) === 1
    ? { kind: 'later', value: readTensor(tensor) }
    : refused('tensor-of-many-values')
}

function nestedValue(values: Readonly<Record<string, unknown>>): MetricValue {
  return Object.keys(values).length === 0 ? refused('value-empty') : { kind: 'nested', values }
}

/** A plain object, or one of a class that holds numbers and nothing else. */
function isRecordOfValues(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === null || prototype === Object.prototype) return true
  // A plain object of another frame has another Object above it, and nothing above that.
  if (Object.getPrototypeOf(prototype) === null && Object.hasOwn(Object(prototype), 'hasOwnProperty'))
    return true
  const own = Object.values(value)
  return own.length > 0 && own.every((each) => typeof each === 'number')
}
