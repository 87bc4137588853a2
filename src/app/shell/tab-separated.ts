import { withoutFormula } from '../../model/csv.ts'

/** Rows as spreadsheets paste them. What would end a cell or a row, or begin a formula, is made harmless. */
export function toTabSeparated(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map(toCell).join('\t')).join('\n')
}

function toCell(text: string): string {
  return withoutFormula(text.replaceAll(/[\t\r\n]+/g, ' '))
}
