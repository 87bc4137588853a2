import type { SqlColumn, SqlValue } from '../../src/protocol/sql-api.ts'
import { makeTextParts } from './text-parts.ts'
import { bytesToHex, type ResultShape, type RowPages } from './result-rows.ts'

/**
 * A result as CSV with a line of names. NULL is an empty field, an empty text is `""`; blobs are hexadecimal.
 *
 * Source: RFC 4180.
 */
export function writeCsv({ names }: ResultShape, pages: RowPages): Blob {
  const parts = makeTextParts()
  parts.add(`${names.map(csvField).join(',')}\r\n`)
  for (const columns of pages) parts.add(csvLines(columns))
  return parts.close('text/csv;charset=utf-8')
}

function csvLines(columns: readonly SqlColumn[]): string {
  const rows = columns[0]?.values.length ?? 0
  let lines = ''
  for (let row = 0; row < rows; row += 1) {
    lines += `${columns.map(({ values }) => csvField(values[row] ?? null)).join(',')}\r\n`
  }
  return lines
}

/** One value as a field: quoted where it would be read as something else. */
export function csvField(value: SqlValue): string {
  if (value === null) return ''
  if (value instanceof Uint8Array) return bytesToHex(value)
  if (typeof value !== 'string') return String(value)
  return value === '' || /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
