/** Part of a text of SQL, as half-open indexes into it. */
export interface SqlSpan {
  readonly from: number
  readonly to: number
}

/** A word, a quoted name or text, a number or a sign; white space and comments are none. */
export interface SqlToken extends SqlSpan {
  readonly text: string
}

/** Comments and space first, then what is quoted (an open quote reaches to the end), then words, then single signs. */
const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\s+|('(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|`(?:[^`]|``)*(?:`|$)|\[[^\]]*(?:\]|$)|[\w$\u0080-\uffff]+|[^])/g

/** The tokens of a text in order. Source: sqlite.org/lang_keywords.html and the tokenizer it describes. */
export function sqlTokens(text: string): readonly SqlToken[] {
  const tokens: SqlToken[] = []
  for (const match of text.matchAll(TOKEN)) {
    const [, token] = match
    if (token !== undefined) tokens.push({ text: token, from: match.index, to: match.index + token.length })
  }
  return tokens
}

/** The statements of a text, without the semicolons between them; empty ones and comments alone are none. */
export function sqlStatements(text: string): readonly SqlSpan[] {
  const statements: { from: number; to: number }[] = []
  let open: { from: number; to: number } | null = null
  for (const token of sqlTokens(text)) {
    if (token.text === ';') open = null
    else if (open === null) statements.push((open = { from: token.from, to: token.to }))
    else open.to = token.to
  }
  return statements
}

/** The statement a cursor is in, or after: the last one that begins at it or before; else the first. */
export function statementAt(text: string, cursor: number): SqlSpan | undefined {
  const statements = sqlStatements(text)
  return statements.findLast(({ from }) => from <= cursor) ?? statements[0]
}
