import { KEYWORDS, SCOPE_WORDS } from './syntax.ts'
import type { FilterNode, Name, Value } from './syntax.ts'
import { isWord } from './tokens.ts'

/** Words that would be read as something else. */
const RESERVED = new Set([...KEYWORDS, 'inf', 'infinity'])

/** The one spelling of a filter; reading it gives the same filter again. */
export function printFilter(filter: FilterNode): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.parts.map((part) => printPart(part, filter.kind)).join(` ${filter.kind} `)
    case 'not':
      return `not ${printPart(filter.part, 'not')}`
    case 'compare':
      return `${printName(filter.name)} ${filter.op} ${printValue(filter.value)}`
    case 'in': {
      const list = filter.values.map(printValue).join(', ')
      return `${printName(filter.name)} ${filter.isNegated ? 'not ' : ''}in (${list})`
    }
    case 'text':
      return `${printName(filter.name)} ${filter.isNegated ? 'not ' : ''}${filter.test} ${quote(filter.text)}`
    case 'null':
      return `${printName(filter.name)} is ${filter.isNegated ? 'not ' : ''}null`
  }
}

/** Brackets where the part would else be read as belonging elsewhere. */
function printPart(part: FilterNode, around: 'and' | 'or' | 'not'): string {
  const isList = part.kind === 'and' || part.kind === 'or'
  const needsBrackets = around === 'not' ? isList : part.kind === around || (around === 'and' && isList)
  return needsBrackets ? `(${printFilter(part)})` : printFilter(part)
}

export function printName({ scope, key, aggregate }: Pick<Name, 'scope' | 'key' | 'aggregate'>): string {
  const word = key.toLowerCase()
  const isReserved = scope === 'any' && (RESERVED.has(word) || SCOPE_WORDS.has(word))
  const printed = isWord(key) && !isReserved ? key : quote(key)
  return [...(scope === 'any' ? [] : [scope]), printed, ...(aggregate === null ? [] : [aggregate])].join('.')
}

export function printValue(value: Value): string {
  switch (value.kind) {
    case 'text':
      return quote(value.text)
    case 'word':
      return isWord(value.text) && !RESERVED.has(value.text.toLowerCase()) ? value.text : quote(value.text)
    case 'number':
      return Number.isFinite(value.number) ? String(value.number) : value.number > 0 ? 'inf' : '-inf'
    case 'boolean':
      return String(value.boolean)
    case 'duration':
      return `${value.amount} ${value.unit}`
    case 'ago':
      return `${value.amount} ${value.unit} ago`
    case 'time':
      return value.text
  }
}

export function quote(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r')
  return `"${escaped}"`
}
