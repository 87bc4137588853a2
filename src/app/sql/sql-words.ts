import { withoutFormula } from '../../model/csv.ts'
import type { SqlValue } from '../../protocol/sql-api.ts'
import type { SqlResult } from './sql-result.ts'
import { MAX_HELD_ROWS } from './sql-result.ts'
import { formatBytes, formatCount, formatPlural } from '../../widgets/number-format.ts'

/** Letters of a text that a cell shows; the rest is in what is copied and exported. */
const CELL_LENGTH = 300
const HEX_BYTES = 8

/** A value as a cell shows it. */
export function cellWords(value: SqlValue): string {
  if (value === null) return 'NULL'
  if (value instanceof Uint8Array) return `${hexOf(value)} ${formatBytes(value.length)}`
  const text = String(value)
  return text.length > CELL_LENGTH ? `${text.slice(0, CELL_LENGTH)}…` : text
}

function hexOf(bytes: Uint8Array): string {
  const first = Array.from(bytes.subarray(0, HEX_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )
  return `x'${first}${bytes.length > HEX_BYTES ? '…' : ''}'`
}

/** `1,000 rows so far in 12 ms`: how many, whether that is all, how long it took and where. */
export function resultWords({ rows, more, elapsedMs, isOfCopy }: SqlResult): string {
  const count = more ? `First ${formatPlural(rows, 'row')}` : formatPlural(rows, 'row')
  return `${count} in ${durationWords(elapsedMs)}${isOfCopy ? ', over a copy of the database' : ''}`
}

export function durationWords(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`
}

/** Why no more rows are loaded into the page; null while they may be. */
export function fullWords({ rows, more }: SqlResult): string | null {
  return more && rows >= MAX_HELD_ROWS
    ? `${formatCount(MAX_HELD_ROWS)} rows are shown; export has all.`
    : null
}

/** The rows a page holds as text of a spreadsheet. */
export function toTsv({ columns, rows }: SqlResult): string {
  const lines = [columns.map(({ name }) => tsvField(name)).join('\t')]
  for (let row = 0; row < rows; row += 1) {
    lines.push(columns.map(({ values }) => tsvField(values[row] ?? null)).join('\t'))
  }
  return `${lines.join('\n')}\n`
}

function tsvField(value: SqlValue): string {
  if (value === null) return ''
  if (value instanceof Uint8Array) return cellWords(value)
  const text = typeof value === 'string' ? withoutFormula(value) : String(value)
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
