import type { JsonValue } from '../../src/model/json.ts'
import { compareNatural } from '../../src/model/natural-order.ts'
import { parseNumericText } from '../../src/model/numeric-text.ts'
import { valueAt } from '../../src/model/value-paths.ts'
import type { Literal, RunFilter } from '../../src/filter/run-filter.ts'
import type { Operand } from '../../src/protocol/run-query.ts'
import type { ResolvedQuery } from '../read/run-query-sql.ts'

/** What a run was given, as whoever logged it knows it. */
export interface KnownRun {
  readonly id: string
  readonly experimentId: string
  readonly removed: boolean
  readonly fields: Readonly<Record<string, string | number | null>>
  readonly params: Readonly<Record<string, JsonValue>>
  readonly tags: Readonly<Record<string, string>>
  readonly summary: Readonly<Record<string, JsonValue>>
  /** By key, then aggregate. */
  readonly metrics: Readonly<Record<string, Readonly<Record<string, number>>>>
}

/** The runs a query finds, all pages of them, by looking at every run: what `findRuns` is compared with. */
export function findNaively(runs: readonly KnownRun[], query: ResolvedQuery): readonly KnownRun[] {
  return runs
    .filter(
      (run) =>
        !run.removed &&
        ((run.fields['archivedAt'] ?? null) === null || speaksOfArchived(query.filter)) &&
        (query.experimentIds === null || query.experimentIds.includes(run.experimentId)) &&
        (query.filter === null || isMatch(run, query.filter)),
    )
    .toSorted((a, b) => {
      for (const { by, direction } of query.sort) {
        const order = compareSorted(rankOf(a, by), rankOf(b, by), direction === 'ascending')
        if (order !== 0) return order
      }
      const [startA, startB] = [Number(a.fields['startedAt']), Number(b.fields['startedAt'])]
      return compare(startB, startA) || compare(a.id, b.id)
    })
}

function speaksOfArchived(filter: RunFilter | null): boolean {
  if (filter === null) return false
  if ('filters' in filter) return filter.filters.some(speaksOfArchived)
  if ('filter' in filter) return speaksOfArchived(filter.filter)
  return filter.operand.from === 'run' && filter.operand.field === 'archivedAt'
}

/** undefined where it is missing. */
export function valueOf(run: KnownRun, operand: Operand): JsonValue | undefined {
  switch (operand.from) {
    case 'run':
      return run.fields[operand.field] ?? undefined
    case 'param':
      return valueAt(run.params, operand.key)
    case 'tag':
      return own(run.tags, operand.key)
    case 'summary':
      return valueAt(run.summary, operand.key)
    case 'metric': {
      const value = own(run.metrics, operand.key)?.[operand.aggregate]
      return value === undefined || Number.isNaN(value) ? undefined : value
    }
  }
}

/** The cell it is shown as. */
export function cellOf(run: KnownRun, operand: Operand): JsonValue {
  const isLogged = operand.from === 'metric' && Object.hasOwn(run.metrics, operand.key)
  return valueOf(run, operand) ?? (isLogged ? 'NaN' : null)
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

function isMatch(run: KnownRun, filter: RunFilter): boolean {
  switch (filter.op) {
    case 'and':
      return filter.filters.every((part) => isMatch(run, part))
    case 'or':
      return filter.filters.some((part) => isMatch(run, part))
    case 'not':
      return !isMatch(run, filter.filter)
    default: {
      const value = valueOf(run, filter.operand)
      if (value === undefined) return false
      return isTrueOf(value, filter)
    }
  }
}

function isTrueOf(value: JsonValue, filter: Exclude<RunFilter, { op: 'and' | 'or' | 'not' }>): boolean {
  switch (filter.op) {
    case 'exists':
      return true
    case 'contains':
      return typeof value === 'string' && value.toLowerCase().includes(filter.text.toLowerCase())
    case 'like':
      return typeof value === 'string' && isLike(value.toLowerCase(), filter.text.toLowerCase())
    case 'matches':
      return typeof value === 'string' && new RegExp(filter.text, 'u').test(value)
    case 'in':
      return filter.literals.some((literal) => comparedWith(literal, value, filter.operand) === literal)
    case '=':
      return comparedWith(filter.literal, value, filter.operand) === filter.literal
    case '!=':
      return comparedWith(filter.literal, value, filter.operand) !== filter.literal
    default:
      return isOrdered(comparedWith(filter.literal, value, filter.operand), filter.op, filter.literal)
  }
}

/** A text that is a number is one where it is compared with one, but for fields of the run. */
function comparedWith(literal: Literal, value: JsonValue, { from }: Operand): JsonValue {
  const isAsked = typeof literal === 'number' && typeof value === 'string' && from !== 'run'
  return isAsked ? (parseNumericText(value) ?? value) : value
}

function isLike(text: string, pattern: string): boolean {
  const [sign, ...rest] = pattern
  if (sign === undefined) return text === ''
  if (sign === '%')
    return Array.from({ length: text.length + 1 }).some((_, from) => isLike(text.slice(from), rest.join('')))
  const [first, ...others] = text
  return first !== undefined && (sign === '_' || sign === first) && isLike(others.join(''), rest.join(''))
}

function isOrdered(value: JsonValue, op: '<' | '<=' | '>' | '>=', literal: Literal): boolean {
  const order = orderOf(value, literal)
  if (order === null) return false
  switch (op) {
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
  }
}

/** null for two of different kinds. */
function orderOf(a: JsonValue, b: JsonValue): number | null {
  if (typeof a === 'number' && typeof b === 'number') return compare(a, b)
  return typeof a === 'string' && typeof b === 'string' ? compare(a, b) : null
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** null for what has no order. */
function rankOf(run: KnownRun, by: Operand): string | number | null {
  const value = valueOf(run, by)
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'string') return by.from === 'run' ? value : (parseNumericText(value) ?? value)
  return typeof value === 'number' ? value : null
}

function compareSorted(a: string | number | null, b: string | number | null, isAscending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  const areTexts = typeof a === 'string' && typeof b === 'string'
  const order = areTexts ? compareNatural(a, b) : (orderOf(a, b) ?? compare(typeof a, typeof b))
  return isAscending ? order : -order
}
