import type { ArrayShape } from '../model/array.ts'
import { err, ok } from '../model/result.ts'
import { describeValue } from '../client/refusals.ts'
import { andThen, type Later, type Words } from './later.ts'
import { isTensorLike, readTensor, type TensorLike } from './tensor-like.ts'

/** Anything that numbers come in: arrays, nested ones too, typed arrays, tensors. Null and undefined are NaN. */
export type NumbersLike =
  | ArrayBufferView
  | readonly (number | bigint | boolean | null | undefined)[]
  | readonly NumbersLike[]
  | TensorLike
  | { readonly data: ArrayBufferView; readonly shape: readonly number[] }

/** Numbers of the caller, copied. Shape: row-major. */
export interface Numbers {
  readonly values: Float64Array
  readonly shape: ArrayShape
}

/** No library has arrays of more dimensions; a cycle ends here too. */
const MAX_DEPTH = 8

/** Reads numbers as they are now; those of a tensor are read back later. `name` is what errors call them. */
export function readNumbers(value: unknown, name: string): Later<Words<Numbers>> {
  if (isTensorLike(value)) {
    return andThen(readTensor(value), ({ values, shape }) => ok({ values: new Float64Array(values), shape }))
  }
  if (isRow(value)) return readRows(value, name)
  if (
    typeof value === 'object' &&
    value !== null &&
    'data' in value &&
    'shape' in value &&
    isRow(value.data)
  ) {
    return shaped(value.data, value.shape, name)
  }
  return err(`${name}: no numbers but ${describeValue(value)}`)
}

function shaped(data: ArrayLike<unknown>, shape: unknown, name: string): Words<Numbers> {
  const flat = readRows(data, name)
  if (!flat.ok) return flat
  const lengths = Array.isArray(shape) ? shape.map(Number) : []
  if (lengths.reduce((product, length) => product * length, 1) !== flat.value.values.length) {
    return err(`${name}: ${flat.value.values.length} values, shape [${lengths.join(', ')}]`)
  }
  return ok({ values: flat.value.values, shape: lengths })
}

function isRow(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))
}

function readRows(rows: ArrayLike<unknown>, name: string): Words<Numbers> {
  const shape: number[] = []
  for (let row: unknown = rows; isRow(row); row = row[0]) {
    if (shape.length === MAX_DEPTH) return err(`${name} are nested too deep`)
    shape.push(row.length)
    if (row.length === 0) break
  }
  const values = new Float64Array(shape.reduce((product, length) => product * length, 1))
  const fault = fill(values, 0, rows, shape, 0, name)
  return fault === null ? ok({ values, shape }) : err(fault)
}

/** Copies rows into their place; answers what is wrong with them, or null. */
function fill(
  into: Float64Array,
  offset: number,
  rows: ArrayLike<unknown>,
  shape: ArrayShape,
  depth: number,
  name: string,
): string | null {
  if (depth === shape.length - 1) return fillRow(into, offset, rows, name)
  const width = shape[depth + 1] ?? 0
  const stride = shape.slice(depth + 1).reduce((product, length) => product * length, 1)
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index]
    if (!isRow(row)) return `${name}: row ${index} is ${describeValue(row)}`
    if (row.length !== width) return `${name}: row ${index} has ${row.length} values, the first ${width}`
    const fault = fill(into, offset + index * stride, row, shape, depth + 1, name)
    if (fault !== null) return fault
  }
  return null
}

function fillRow(into: Float64Array, offset: number, row: ArrayLike<unknown>, name: string): string | null {
  if (!Array.isArray(row) && typeof row[0] === 'number') {
    into.set(row as ArrayLike<number>, offset)
    return null
  }
  for (let index = 0; index < row.length; index += 1) {
    const value = row[index]
    if (typeof value === 'number') into[offset + index] = value
    else if (value === null || value === undefined) into[offset + index] = Number.NaN
    else if (typeof value === 'boolean' || typeof value === 'bigint') into[offset + index] = Number(value)
    else return `${name}: entry ${index} is ${describeValue(value)}`
  }
  return null
}

/** As rows of equal length; a single row of numbers is a column. Errors: more than two dimensions. */
export function asMatrix({ values, shape }: Numbers, name: string): Words<Matrix> {
  if (shape.length > 2) return err(`${name}: shape [${shape.join(', ')}], not rows and columns`)
  return ok({ values, rows: shape[0] ?? 1, columns: shape[1] ?? 1 })
}

/** Shape: `values` row-major. */
export interface Matrix {
  readonly values: Float64Array
  readonly rows: number
  readonly columns: number
}

/** Named things: neither a list nor anything that holds numbers by itself. */
export function isNamedThings(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  return !Array.isArray(value) && !ArrayBuffer.isView(value) && !('shape' in value)
}
