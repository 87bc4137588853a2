import type { SqlValue } from '../../src/protocol/sql-api.ts'
import { bytesToHex, uniqueNames, type ResultShape, type RowPages } from './result-rows.ts'
import { makeTextParts } from './text-parts.ts'

/** A result as a JSON array of objects, one a line. Blobs are hexadecimal; infinities are ±9e999, as in SQLite's JSON. */
export function writeJson({ names }: ResultShape, pages: RowPages): Blob {
  const parts = makeTextParts()
  const keys = uniqueNames(names).map((name) => JSON.stringify(name))
  let separator = '[\n'
  for (const columns of pages) {
    const rows = columns[0]?.values.length ?? 0
    let lines = ''
    for (let row = 0; row < rows; row += 1) {
      lines += `${separator}{${columns.map(({ values }, index) => `${keys[index] ?? ''}:${jsonValue(values[row] ?? null)}`).join(',')}}`
      separator = ',\n'
    }
    parts.add(lines)
  }
  parts.add(separator === '[\n' ? '[]\n' : '\n]\n')
  return parts.close('application/json')
}

/** One value as JSON. */
export function jsonValue(value: SqlValue): string {
  if (value instanceof Uint8Array) return JSON.stringify(bytesToHex(value))
  if (typeof value === 'bigint') return String(value)
  if (value === Infinity) return '9e999'
  if (value === -Infinity) return '-9e999'
  return JSON.stringify(value)
}
