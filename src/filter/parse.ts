import { err, ok } from '../model/result.ts'
import type { Result } from '../model/result.ts'
import { METRIC_AGGREGATES } from '../model/aggregates.ts'
import { COMPARISONS, MAX_FILTER_DEPTH, MAX_FILTER_PARTS } from '../protocol/run-query.ts'
import type { Comparison } from '../protocol/run-query.ts'
import { parseValue } from './parse-value.ts'
import { KEYWORDS, SCOPE_WORDS, TEXT_TESTS, wrong, WrongFilter } from './syntax.ts'
import type { Expected, FilterNode, FilterProblem, Name, Span, TextTest, Value } from './syntax.ts'
import { readTokens } from './tokens.ts'
import type { Token } from './tokens.ts'
import { makeWords } from './words.ts'
import type { Words } from './words.ts'

/** Makes a filter of a text; null of a blank one. */
export function parseFilter(text: string): Result<FilterNode | null, FilterProblem> {
  try {
    return ok(parse(text).filter)
  } catch (cause) {
    if (!(cause instanceof WrongFilter)) throw cause
    return err(cause.problem)
  }
}

/** What may follow a text that is the beginning of a filter; null where it is already wrong. */
export function expectedAfter(text: string): Expected | null {
  const seen: { expected: Expected | null } = { expected: null }
  try {
    parse(text, (expected) => (seen.expected = expected))
  } catch (cause) {
    if (!(cause instanceof WrongFilter)) throw cause
  }
  return seen.expected
}

function parse(
  text: string,
  onEnd: (expected: Expected) => void = () => undefined,
): { readonly filter: FilterNode | null } {
  const words = makeWords(readTokens(text), text.length, onEnd)
  if (words.next() === undefined) {
    onEnd({ what: 'name' })
    return { filter: null }
  }
  const filter = parseOr(words, 1)
  const left = words.next()
  if (left !== undefined) throw afterCondition(words, left)
  return { filter }
}

function afterCondition(words: Words, left: Token): WrongFilter {
  if (left.text === ')') return wrong(left, 'There is no bracket open here.', '')
  const before = words.before()
  if (before?.kind === 'word' && left.kind !== 'symbol')
    return wrong(left, 'Expected “and” or “or”. A text of several words goes in quotes.')
  return wrong(left, 'Expected “and” or “or”.')
}

function parseOr(words: Words, depth: number): FilterNode {
  return parseList(words, 'or', () => parseList(words, 'and', () => parseNot(words, depth)))
}

function parseList(words: Words, kind: 'and' | 'or', parsePart: () => FilterNode): FilterNode {
  const first = parsePart()
  const parts = [first]
  while (words.takeWord(kind, kind === 'and' ? '&&' : '||') !== null) {
    if (words.conditions() >= MAX_FILTER_PARTS)
      throw wrong(words.here(), `A filter has at most ${MAX_FILTER_PARTS} conditions.`)
    parts.push(parsePart())
  }
  const to = parts.at(-1)?.to ?? first.to
  return parts.length === 1 ? first : { kind, parts, from: first.from, to }
}

function parseNot(words: Words, depth: number): FilterNode {
  const at = words.here()
  if (depth > MAX_FILTER_DEPTH) throw wrong(at, 'The filter is nested too deeply.')
  if (words.takeWord('not', '!') !== null) {
    const part = parseNot(words, depth + 1)
    return { kind: 'not', part, from: at.from, to: part.to }
  }
  if (words.takeSymbol('(') !== null) {
    const inner = parseOr(words, depth + 1)
    const close = words.takeSymbol(')')
    if (close !== null) return { ...inner, from: at.from, to: close.to }
    const left = words.next()
    if (left === undefined) throw wrong(at, 'This bracket is never closed.')
    throw afterCondition(words, left)
  }
  return parseCondition(words)
}

function parseCondition(words: Words): FilterNode {
  words.addCondition()
  const name = parseName(words)
  words.expect({ what: 'operator', name }, 'Expected a comparison, such as “>” or “is null”.')
  const op = words.takeSymbol(...COMPARISONS)
  if (op !== null) {
    const value = expectValue(words, name)
    if (value === NULL) throw nullCompared(op.text === '!=', op, words)
    return { kind: 'compare', name, op: op.text as Comparison, value, from: name.from, to: value.to }
  }
  if (words.takeWord('is') !== null) {
    const isNegated = words.takeWord('not') !== null
    const end = words.takeWord('null')
    if (end === null) throw wrong(words.here(), 'Expected “null”: “is” asks only whether there is a value.')
    return { kind: 'null', name, isNegated, from: name.from, to: end.to }
  }
  const isNegated = words.takeWord('not') !== null
  if (words.takeWord('in') !== null) return parseIn(words, name, isNegated)
  if (words.takeSymbol('!~') !== null) return parseTextTest(words, name, 'matches', true)
  if (words.takeSymbol('~') !== null) return parseTextTest(words, name, 'matches', isNegated)
  const test = words.takeWord(...TEXT_TESTS)
  if (test !== null) return parseTextTest(words, name, test.text.toLowerCase() as TextTest, isNegated)
  const here = words.here()
  throw wrong(here, `Expected a comparison after “${name.key}”, such as “>”, “=”, “in” or “is null”.`)
}

function nullCompared(isNegated: boolean, op: Span, words: Words): WrongFilter {
  const end = words.before()?.to ?? op.to
  return wrong({ from: op.from, to: end }, 'null is equal to nothing.', isNegated ? 'is not null' : 'is null')
}

function parseIn(words: Words, name: Name, isNegated: boolean): FilterNode {
  words.expect({ what: 'value', name }, 'Expected a list in brackets.')
  if (words.takeSymbol('(') === null) throw wrong(words.here(), 'A list stands in brackets: in (1, 2).')
  const values: Value[] = []
  for (;;) {
    const value = expectValue(words, name)
    if (value === NULL) throw wrong(words.before() ?? name, 'null is in no list; use “is null”.')
    values.push(value)
    if (words.takeSymbol(',') !== null) continue
    const close = words.takeSymbol(')')
    if (close === null) throw wrong(words.here(), 'Expected a comma or “)”.')
    return { kind: 'in', name, values, isNegated, from: name.from, to: close.to }
  }
}

function parseTextTest(words: Words, name: Name, test: TextTest, isNegated: boolean): FilterNode {
  const value = expectValue(words, name)
  if (value === NULL || (value.kind !== 'text' && value.kind !== 'word'))
    throw wrong(words.before() ?? name, `Expected a text in quotes after “${test}”.`)
  const { text, from, to } = value
  return { kind: 'text', name, test, text, textSpan: { from, to }, isNegated, from: name.from, to }
}

/** The word `null` where a value is expected: what was meant is told by whoever asked. */
const NULL = 'null'

function expectValue(words: Words, name: Name): Value | typeof NULL {
  words.expect({ what: 'value', name }, 'Expected a value.')
  if (words.takeWord('null') !== null) return NULL
  const value = parseValue(words, (found) => words.note({ name, value: found }))
  words.note({ name, value })
  return value
}

/** A name, a dot and what is in it: `tag.model`, `optimizer.lr`, `"val/acc".max`. */
function parseName(words: Words): Name {
  words.expect({ what: 'name' }, 'Expected a name: of a param, a metric, a tag, or “status”, “started”, ….')
  const first = words.takeName(KEYWORDS)
  if (first === null) {
    const here = words.here()
    throw wrong(here, 'Expected a name: of a param, a metric, a tag, or “status”, “started”, ….')
  }
  const parts = [first]
  while (words.takeJoined('.')) {
    words.expect({ what: 'name' }, 'Expected a name after the dot.')
    const part = words.takeName([])
    if (part === null) throw wrong(words.here(), 'Expected a name after the dot; others go in quotes.')
    parts.push(part)
  }
  const scope =
    first.kind === 'word' && parts.length > 1 ? SCOPE_WORDS.get(first.text.toLowerCase()) : undefined
  const rest = scope === undefined ? parts : parts.slice(1)
  const last = rest.at(-1)
  const aggregate =
    rest.length > 1 && last?.kind === 'word' && (scope === undefined || scope === 'metric')
      ? (METRIC_AGGREGATES.find((each) => each.toLowerCase() === last.text.toLowerCase()) ?? null)
      : null
  const keys = aggregate === null ? rest : rest.slice(0, -1)
  const to = last?.to ?? first.to
  return {
    scope: scope ?? 'any',
    key: keys.map((part) => part.text).join('.'),
    aggregate,
    from: first.from,
    to,
  }
}
