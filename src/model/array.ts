/** What the entries of an array are, by NumPy's names; `uint8_clamped` reads back as the typed array of that name. */
export const ITEM_BYTES = {
  int8: 1,
  uint8: 1,
  uint8_clamped: 1,
  int16: 2,
  uint16: 2,
  float16: 2,
  int32: 4,
  uint32: 4,
  float32: 4,
  int64: 8,
  uint64: 8,
  float64: 8,
} as const
export type ArrayDtype = keyof typeof ITEM_BYTES

export const ARRAY_DTYPES = Object.keys(ITEM_BYTES) as readonly ArrayDtype[]

/** Lengths of the dimensions, outermost first, row-major; `[]` is a single entry. */
export type ArrayShape = readonly number[]

/** One value of 1 GB is the most that is taken: what a page can still hold beside a copy of it. */
export const MAX_ARRAY_BYTES = 2 ** 30

/** More dimensions than any library has. */
export const MAX_ARRAY_DIMENSIONS = 32

export function isArrayDtype(value: unknown): value is ArrayDtype {
  return typeof value === 'string' && Object.hasOwn(ITEM_BYTES, value)
}

export function isArrayShape(value: unknown): value is ArrayShape {
  return (
    Array.isArray(value) &&
    value.length <= MAX_ARRAY_DIMENSIONS &&
    value.every((length) => Number.isSafeInteger(length) && length >= 0)
  )
}

/** Unit: bytes. */
export function arrayBytes(dtype: ArrayDtype, shape: ArrayShape): number {
  return shape.reduce((product, length) => product * length, ITEM_BYTES[dtype])
}
