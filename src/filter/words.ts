import { wrong } from './syntax.ts'
import type { Compared, Expected, Span } from './syntax.ts'
import type { Token } from './tokens.ts'

/** The tokens of a filter, taken one after the other. Keywords are taken in either case. */
export interface Words {
  next(): Token | undefined
  before(): Token | undefined
  /** The place of the next token; an empty span at the end. */
  here(): Span
  takeWord(...words: readonly string[]): Token | null
  takeSymbol(...symbols: readonly string[]): Token | null
  takeNumber(): Token | null
  /** A quoted text or a word that is none of `reserved`. */
  takeName(reserved: readonly string[]): Token | null
  /** A symbol without a space before it. */
  takeJoined(symbol: string): boolean
  take(): Token | undefined
  addCondition(): void
  /** How many were added. */
  conditions(): number
  /** Throws WrongFilter where the text ends. */
  expect(expected: Expected, message: string): void
  /** What was compared last, which is of use where the text ends behind it. */
  note(compared: Compared): void
}

export function makeWords(
  tokens: readonly Token[],
  length: number,
  onEnd: (expected: Expected) => void,
): Words {
  let at = 0
  let last: Compared | null = null
  let conditions = 0
  const next = (): Token | undefined => tokens[at]
  const before = (): Token | undefined => tokens[at - 1]

  function takeIf(isWanted: (token: Token) => boolean): Token | null {
    const token = next()
    if (token === undefined) {
      // Nothing more is needed here; where that is not so, `expect` says it right after.
      onEnd({ what: 'connective', last })
      return null
    }
    if (!isWanted(token)) return null
    at += 1
    return token
  }

  return {
    next,
    before,
    here: () => next() ?? { from: length, to: length },
    takeWord: (...words) =>
      takeIf(
        (token) =>
          (token.kind === 'word' && words.includes(token.text.toLowerCase())) ||
          (token.kind === 'symbol' && words.includes(token.text)),
      ),
    takeSymbol: (...symbols) => takeIf((token) => token.kind === 'symbol' && symbols.includes(token.text)),
    takeNumber: () => takeIf((token) => token.kind === 'number'),
    takeName: (reserved) =>
      takeIf(
        (token) =>
          token.kind === 'quoted' || (token.kind === 'word' && !reserved.includes(token.text.toLowerCase())),
      ),
    takeJoined: (symbol) =>
      next()?.from === before()?.to &&
      takeIf((token) => token.kind === 'symbol' && token.text === symbol) !== null,
    take() {
      const token = next()
      if (token !== undefined) at += 1
      return token
    },
    addCondition: () => (conditions += 1),
    conditions: () => conditions,
    expect(expected, message) {
      if (next() !== undefined) return
      onEnd(expected)
      throw wrong({ from: length, to: length }, message)
    },
    note: (compared) => (last = compared),
  }
}
