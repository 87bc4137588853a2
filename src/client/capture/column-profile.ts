import type { JsonObject } from '../../model/json.ts'

export type ColumnType = 'number' | 'text' | 'boolean' | 'mixed' | 'empty' | 'other'

/** Counts what a column holds, value by value. */
export interface ColumnProfile {
  add(value: unknown): void
  /** min, max and mean are of finite numbers, and missing where there are none. */
  read(name: string): JsonObject
}

/** null, undefined and nothing are missing; NaN is a number that says nothing. */
export function isMissing(value: unknown): boolean {
  return value === null || value === undefined || value === ''
}

export function profileColumn(): ColumnProfile {
  const types = new Set<ColumnType>()
  let [missing, nan, finite] = [0, 0, 0]
  let [min, max, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0]

  function add(value: unknown): void {
    if (isMissing(value)) {
      missing += 1
      return
    }
    types.add(typeOf(value))
    if (typeof value !== 'number' && typeof value !== 'bigint') return
    const number = Number(value)
    if (Number.isNaN(number)) nan += 1
    if (!Number.isFinite(number)) return
    finite += 1
    min = Math.min(min, number)
    max = Math.max(max, number)
    sum += number
  }

  return {
    add,
    read(name) {
      const [only = 'empty'] = types
      return {
        name,
        type: types.size > 1 ? 'mixed' : only,
        ...(finite === 0 ? {} : { min, max, mean: sum / finite }),
        ...(missing === 0 ? {} : { missing }),
        ...(nan === 0 ? {} : { nan }),
      }
    },
  }
}

function typeOf(value: unknown): ColumnType {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return 'number'
    case 'string':
      return 'text'
    case 'boolean':
      return 'boolean'
    default:
      return 'other'
  }
}
