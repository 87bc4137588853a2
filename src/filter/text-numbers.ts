import type { RunKey } from '../protocol/run-query.ts'
import { parseFilter } from './parse.ts'
import type { FilterNode, Name, Value } from './syntax.ts'

/** Which of the names a filter compares with numbers are written as texts in some runs; empty for a filter that is wrong. */
export function namesOfTextNumbers(text: string, known: readonly RunKey[]): readonly string[] {
  const asText = new Set(known.filter(({ textNumbers = 0 }) => textNumbers > 0).map(({ key }) => key))
  if (asText.size === 0) return []
  const parsed = parseFilter(text)
  if (!parsed.ok || parsed.value === null) return []
  return [...new Set(comparedWithNumbers(parsed.value).map(wholeKey))].filter((key) => asText.has(key))
}

function comparedWithNumbers(node: FilterNode): readonly Name[] {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.parts.flatMap(comparedWithNumbers)
    case 'not':
      return comparedWithNumbers(node.part)
    case 'compare':
      return isNumber(node.value) ? [node.name] : []
    case 'in':
      return node.values.some(isNumber) ? [node.name] : []
    default:
      return []
  }
}

function isNumber({ kind }: Value): boolean {
  return kind === 'number'
}

/** What looks like how a metric is summed up may be part of a param's name. */
function wholeKey({ key, aggregate }: Name): string {
  return aggregate === null ? key : `${key}.${aggregate}`
}
