/**
 * Numbers that arrive as text, as forms and command lines give them: `'1e-3'`, `' 10 '`.
 *
 * The rule stands here twice, as code and as SQL; `numeric-text.test.ts` in `workers/read` holds them together.
 */

/** Digits with a point and an exponent, between ASCII spaces: what the engine takes for a number too. */
const NUMERIC = /^[ \t\n\v\f\r]*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[ \t\n\v\f\r]*$/

/** The number a text is from end to end; null for any other, and for one that is too large to be finite. */
export function parseNumericText(text: string): number | null {
  if (!NUMERIC.test(text)) return null
  const number = Number(text)
  return Number.isFinite(number) ? number : null
}

/**
 * The same of a text in SQL: NULL where it is no number.
 *
 * Compared with a number, a text that is one is compared as that, and any other is greater than every number.
 * Source: sqlite.org/datatype3.html, 4.2.
 */
export function numericTextSql(text: string): string {
  return `case when ${text} > cast(-9e999 as real) and ${text} < cast(9e999 as real) then cast(${text} as real) end`
}
