import papa from 'papaparse'

/** A cell of CSV: a number where it is written as one; null where nothing is written. */
export type CsvCell = string | number | null

/** Rows of a text of values between commas, semicolons, tabs or bars, whichever its first lines have. Never throws. */
export function parseCsv(text: string): CsvCell[][] {
  const { data } = papa.parse<string[]>(text, { skipEmptyLines: true })
  return data.map((row) => row.map(valueOf))
}

function valueOf(cell: string): CsvCell {
  const words = cell.trim()
  if (words === '') return null
  const number = Number(words)
  return Number.isNaN(number) && words !== 'NaN' ? cell : number
}
