/** A cell of CSV: a number where it is written as one; null where nothing is written. */
export type CsvCell = string | number | null

/**
 * Rows of a text of values between commas, or semicolons where its first line has more of those.
 *
 * Values in quotes may hold commas, line breaks and doubled quotes; a quote that is never closed ends with the text.
 */
export function parseCsv(text: string): CsvCell[][] {
  const [firstLine = ''] = text.split('\n', 1)
  const comma = firstLine.split(';').length > firstLine.split(',').length ? ';' : ','
  const rows: CsvCell[][] = []
  let row: CsvCell[] = []
  let at = text.startsWith('\uFEFF') ? 1 : 0
  while (at < text.length) {
    let cell: string
    let isQuoted = false
    if (text[at] === '"') {
      isQuoted = true
      const { words, end } = quoted(text, at + 1)
      cell = words
      at = end
    } else {
      const start = at
      while (at < text.length && text[at] !== comma && text[at] !== '\n') at += 1
      cell = text.slice(start, at)
      if (text[at] !== comma && cell.endsWith('\r')) cell = cell.slice(0, -1)
    }
    row.push(isQuoted ? cell : valueOf(cell.trim()))
    // What follows a closing quote up to the comma is lost to every reader.
    while (at < text.length && text[at] !== comma && text[at] !== '\n') at += 1
    const isLineEnd = text[at] !== comma
    at += 1
    // A comma at the very end has an empty value behind it.
    if (!isLineEnd && at >= text.length) row.push(null)
    if (isLineEnd || at >= text.length) {
      if (row.length > 1 || row[0] !== null) rows.push(row)
      row = []
    }
  }
  return rows
}

function quoted(text: string, from: number): { readonly words: string; readonly end: number } {
  let words = ''
  let at = from
  for (;;) {
    const close = text.indexOf('"', at)
    if (close < 0) return { words: words + text.slice(at), end: text.length }
    words += text.slice(at, close)
    if (text[close + 1] !== '"') return { words, end: close + 1 }
    words += '"'
    at = close + 2
  }
}

function valueOf(cell: string): CsvCell {
  if (cell === '') return null
  const number = Number(cell)
  return Number.isNaN(number) && cell !== 'NaN' ? cell : number
}
