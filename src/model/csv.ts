export type CsvCell = string | number | bigint | boolean | null | undefined

/** By this a spreadsheet knows a file to be Unicode; others would take it for a part of the first name. */
export const BYTE_ORDER_MARK = '\u{FEFF}'

export const CSV_TYPE = 'text/csv;charset=utf-8'

/** What a spreadsheet begins a formula with, in wide letters too. Source: OWASP, CSV injection. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

/** A text that a spreadsheet reads as the number it is. */
const NUMBER = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|Infinity)$/i

/**
 * One line of a file for spreadsheets, data frames and databases alike.
 *
 * A missing value is empty, an empty text is `""`, numbers have the fewest digits that bring them back. A text that would be
 * run as a formula gets a quote mark before it, in names of columns too. Source: RFC 4180.
 */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(csvField).join(',')}\r\n`
}

export function csvField(cell: CsvCell): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell !== 'string') return Object.is(cell, -0) ? '-0' : String(cell)
  const harmless = withoutFormula(cell)
  return harmless === '' || /[",\r\n\u{FEFF}]|^\s|\s$/u.test(harmless)
    ? `"${harmless.replaceAll('"', '""')}"`
    : harmless
}

/** The text as a spreadsheet shows it; with a quote mark before what it would run. */
export function withoutFormula(text: string): string {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
}
