import { wrong } from './syntax.ts'
import type { Span } from './syntax.ts'

/** `word`: a name, a keyword, or a value without quotes; `symbol`: an operator or a bracket in its one spelling. */
export interface Token extends Span {
  readonly kind: 'word' | 'quoted' | 'number' | 'time' | 'symbol'
  /** Of a quoted text, what stands between the quotes. */
  readonly text: string
}

/** Nobody writes more by hand. Unit: UTF-16 code units. */
export const MAX_FILTER_TEXT = 20_000

const SPACE = /\s+/y
const TIME = /\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?(?![\w])/y
const NUMBER = /[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|[+-]inf(inity)?(?!\w)/iy
/** Letters of any script; a dash or a slash inside, so that `learning-rate` and `val/acc` need no quotes. */
const WORD = /[\p{L}_][\p{L}\p{M}\p{N}_/:@-]*/uy
const SYMBOL = /<=|>=|!=|<>|==|!~|&&|\|\||[=<>~().,!]/y

const SPELLINGS: Readonly<Record<string, string>> = { '==': '=', '<>': '!=' }

const QUOTES = `"'\``
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

/** The words of a filter. Throws WrongFilter. */
export function readTokens(text: string): readonly Token[] {
  if (text.length > MAX_FILTER_TEXT)
    throw wrong(
      { from: 0, to: text.length },
      `A filter has at most ${MAX_FILTER_TEXT.toLocaleString('en')} characters.`,
    )
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const end = matchAt(SPACE, text, at)
    if (end !== null) {
      at = end
      continue
    }
    const token = readToken(text, at)
    tokens.push(token)
    at = token.to
  }
  return tokens
}

function readToken(text: string, from: number): Token {
  if (QUOTES.includes(text[from] ?? '')) return readQuoted(text, from)
  for (const [kind, pattern] of [
    ['time', TIME],
    ['number', NUMBER],
    ['word', WORD],
    ['symbol', SYMBOL],
  ] as const) {
    const to = matchAt(pattern, text, from)
    if (to === null) continue
    const written = text.slice(from, to)
    return { kind, text: kind === 'symbol' ? (SPELLINGS[written] ?? written) : written, from, to }
  }
  const sign = String.fromCodePoint(text.codePointAt(from) ?? 0)
  throw wrong({ from, to: from + sign.length }, `“${sign}” means nothing here.`)
}

function matchAt(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : null
}

function readQuoted(text: string, from: number): Token {
  const quote = text[from]
  let content = ''
  for (let at = from + 1; at < text.length; at += 1) {
    const sign = text[at] ?? ''
    if (sign === quote) return { kind: 'quoted', text: content, from, to: at + 1 }
    if (sign === '\\' && at + 1 < text.length) {
      at += 1
      const escaped = text[at] ?? ''
      content += ESCAPES[escaped] ?? escaped
    } else content += sign
  }
  throw wrong(
    { from, to: text.length },
    `This quote is never closed.`,
    `${text.slice(from).trimEnd()}${quote}`,
  )
}

/** Whether a text is one word, so that it needs no quotes. */
export function isWord(text: string): boolean {
  return matchAt(WORD, text, 0) === text.length
}
