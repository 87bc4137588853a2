import { CSV_TYPE, csvLine, type CsvCell } from '../../src/model/csv.ts'
import type { SqlColumn, SqlValue } from '../../src/protocol/sql-api.ts'
import { makeTextParts } from './text-parts.ts'
import { bytesToHex, type ResultShape, type RowPages } from './result-rows.ts'

/** A result as CSV with a line of names. NULL is an empty field, an empty text is `""`; blobs are hexadecimal. */
export function writeCsv({ names }: ResultShape, pages: RowPages): Blob {
  const parts = makeTextParts()
  parts.add(csvLine(names))
  for (const columns of pages) parts.add(csvLines(columns))
  return parts.close(CSV_TYPE)
}

function csvLines(columns: readonly SqlColumn[]): string {
  const rows = columns[0]?.values.length ?? 0
  let lines = ''
  for (let row = 0; row < rows; row += 1) {
    lines += csvLine(columns.map(({ values }) => csvCell(values[row])))
  }
  return lines
}

function csvCell(value: SqlValue | undefined): CsvCell {
  return value instanceof Uint8Array ? bytesToHex(value) : value
}
