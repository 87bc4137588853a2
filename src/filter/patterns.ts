import { RE2JS } from 're2js'
import type { TextTest } from './syntax.ts'

/** Tells whether a text fits a pattern. Cost: linear in the text whatever the pattern, for patterns come from strangers' files. */
export type PatternTest = (text: string) => boolean

/** What is wrong with a regular expression; null when nothing is. */
export function patternProblem(pattern: string): string | null {
  try {
    RE2JS.compile(pattern)
    return null
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause)
    return `This is no regular expression: ${said.replace(/^error parsing regexp: /, '')}.`
  }
}

/** `like`: the whole text in either case, `%` any text and `_` any character. `matches`: found anywhere. */
export function makePatternTest(test: Exclude<TextTest, 'contains'>, pattern: string): PatternTest {
  if (test === 'matches') {
    const found = RE2JS.compile(pattern)
    return (text) => found.matcher(text).find()
  }
  const source = Array.from(pattern, (sign) =>
    sign === '%' ? '.*' : sign === '_' ? '.' : RE2JS.quote(sign),
  ).join('')
  const whole = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE | RE2JS.DOTALL)
  return (text) => whole.matches(text)
}
