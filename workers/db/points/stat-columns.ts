import type { PointStats } from './point-stats.ts'

/**
 * The stats of several units, a unit being a chunk or a block of a chunk, column by column.
 *
 * Shape: one entry a unit in every column, in log order; `min`, `max` and `mean` NaN where nothing is finite.
 */
export interface StatColumns {
  readonly length: number
  readonly minStep: Float64Array
  readonly maxStep: Float64Array
  readonly minTime: Float64Array
  readonly maxTime: Float64Array
  readonly first: Float64Array
  readonly last: Float64Array
  readonly min: Float64Array
  readonly max: Float64Array
  readonly mean: Float64Array
  readonly count: Uint16Array
  readonly nanCount: Uint16Array
  readonly posInfCount: Uint16Array
  readonly negInfCount: Uint16Array
}

/**
 * Byte by byte, little-endian: nine columns of doubles, then four of unsigned 16-bit counts, each `length` entries, in
 * the order of `StatColumns`. 80 bytes a unit.
 */
export const STAT_BYTES = 9 * 8 + 4 * 2

/** Owner: `bytes` stays underneath. Cost: no copy. Errors: throws when the bytes are no whole number of units. */
export function statColumns(bytes: Uint8Array<ArrayBuffer>): StatColumns {
  const length = bytes.length / STAT_BYTES
  if (!Number.isInteger(length)) throw new Error(`Chunk stats of ${bytes.length} bytes are cut short.`)
  const doubles = (column: number): Float64Array =>
    new Float64Array(bytes.buffer, bytes.byteOffset + column * length * 8, length)
  const counts = (column: number): Uint16Array =>
    new Uint16Array(bytes.buffer, bytes.byteOffset + 9 * length * 8 + column * length * 2, length)
  return {
    length,
    minStep: doubles(0),
    maxStep: doubles(1),
    minTime: doubles(2),
    maxTime: doubles(3),
    first: doubles(4),
    last: doubles(5),
    min: doubles(6),
    max: doubles(7),
    mean: doubles(8),
    count: counts(0),
    nanCount: counts(1),
    posInfCount: counts(2),
    negInfCount: counts(3),
  }
}

/** Owner: the caller. */
export function encodeStats(units: readonly PointStats[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(units.length * STAT_BYTES)
  const columns = statColumns(bytes)
  for (const [index, unit] of units.entries()) writeUnit(columns, index, unit)
  return bytes
}

function writeUnit(columns: StatColumns, index: number, unit: PointStats): void {
  columns.minStep[index] = unit.minStep
  columns.maxStep[index] = unit.maxStep
  columns.minTime[index] = unit.minTime
  columns.maxTime[index] = unit.maxTime
  columns.first[index] = unit.first
  columns.last[index] = unit.last
  columns.min[index] = unit.min
  columns.max[index] = unit.max
  columns.mean[index] = unit.mean
  columns.count[index] = unit.count
  columns.nanCount[index] = unit.nanCount
  columns.posInfCount[index] = unit.posInfCount
  columns.negInfCount[index] = unit.negInfCount
}

/** Copies unit `from` of one set of columns to place `to` of another. */
export function copyUnit(source: StatColumns, from: number, target: StatColumns, to: number): void {
  for (const name of COLUMN_NAMES) target[name][to] = source[name][from] ?? 0
}

const COLUMN_NAMES = [
  'minStep',
  'maxStep',
  'minTime',
  'maxTime',
  'first',
  'last',
  'min',
  'max',
  'mean',
  'count',
  'nanCount',
  'posInfCount',
  'negInfCount',
] as const
