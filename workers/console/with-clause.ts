import { sqlTokens, type SqlToken } from '../../src/model/sql-text.ts'

/** How a statement begins: the names it gives to queries of its own, and where what follows `with` starts. */
export interface WithClause {
  readonly names: readonly string[]
  /** Index into the text. */
  readonly restAt: number
}

/** Reads the names after a leading `with`; without one there are none and the rest is all of it. */
export function readWithClause(statement: string): WithClause {
  const tokens = sqlTokens(statement)
  const words = tokens.map(({ text }) => text.toLowerCase())
  if (words[0] !== 'with') return { names: [], restAt: tokens[0]?.from ?? 0 }
  const start = words[1] === 'recursive' ? 2 : 1
  const names: string[] = []
  for (let at = start; at < tokens.length;) {
    names.push(unquote(tokens[at]))
    at += 1
    // The columns, if they are named, then the query.
    if (words[at] === '(') at = afterBrackets(words, at)
    while (at < tokens.length && words[at] !== '(') at += 1
    at = afterBrackets(words, at)
    if (words[at] !== ',') break
    at += 1
  }
  return { names, restAt: tokens[start]?.from ?? statement.length }
}

function afterBrackets(words: readonly string[], open: number): number {
  let depth = 0
  for (let at = open; at < words.length; at += 1) {
    if (words[at] === '(') depth += 1
    else if (words[at] === ')') depth -= 1
    if (depth === 0) return at + 1
  }
  return words.length
}

function unquote(token: SqlToken | undefined): string {
  const text = token?.text ?? ''
  return (/^["'`[]/.test(text) ? text.slice(1, -1) : text).toLowerCase()
}
