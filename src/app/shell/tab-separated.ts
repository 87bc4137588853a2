/** Rows as spreadsheets paste them. What would end a cell or a row, or begin a formula, is made harmless. */
export function toTabSeparated(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map(toCell).join('\t')).join('\n')
}

function toCell(text: string): string {
  const flat = text.replaceAll(/[\t\r\n]+/g, ' ')
  // A number may begin with a sign; anything else that does would be run as a formula.
  return /^[=@+-]/.test(flat) && !Number.isFinite(Number(flat)) ? `'${flat}` : flat
}
