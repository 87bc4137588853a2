import { err, ok } from '../model/result.ts'
import type { Result } from '../model/result.ts'
import type { Operand } from '../protocol/run-query.ts'
import { FIELD_NAMES } from './fields.ts'
import type { ValueKind } from './fields.ts'
import { literalOf } from './literal.ts'
import { nearestName } from './nearest.ts'
import { printName } from './print.ts'
import type { RunFilter } from './run-filter.ts'
import { wrong, WrongFilter } from './syntax.ts'
import type { FilterNode, FilterProblem, Name } from './syntax.ts'

/** What is known of the runs that are filtered. */
export interface KnownNames {
  /** What a bare name is of; where several have it, in this order. */
  kindOf(key: string): 'metric' | 'param' | 'tag' | 'summary' | null
  /** Every name that is known, to guess what was meant. */
  all(): Iterable<string>
  /** What is wrong with a regular expression; null when nothing is. */
  patternProblem(pattern: string): string | null
}

/** A filter that can be asked of what is written. `now`: UnixMs, for “2 days ago”. */
export function resolveFilter(
  node: FilterNode,
  known: KnownNames,
  now: number,
): Result<RunFilter, FilterProblem> {
  try {
    return ok(toFilter(node, known, now))
  } catch (cause) {
    if (!(cause instanceof WrongFilter)) throw cause
    return err(cause.problem)
  }
}

function toFilter(node: FilterNode, known: KnownNames, now: number): RunFilter {
  switch (node.kind) {
    case 'and':
    case 'or':
      return { op: node.kind, filters: node.parts.map((part) => toFilter(part, known, now)) }
    case 'not':
      return { op: 'not', filter: toFilter(node.part, known, now) }
    case 'compare': {
      const { operand, kind } = toOperand(node.name, known)
      const isOrdered = node.op !== '=' && node.op !== '!='
      return { op: node.op, operand, literal: literalOf(node.value, kind, node.name, isOrdered, now) }
    }
    case 'in': {
      const { operand, kind } = toOperand(node.name, known)
      const literals = node.values.map((value) => literalOf(value, kind, node.name, false, now))
      return negated({ op: 'in', operand, literals }, node.isNegated)
    }
    case 'text': {
      const { operand, kind } = toOperand(node.name, known)
      if (kind === 'number' || kind === 'time' || kind === 'duration')
        throw wrong(node.name, `${printName(node.name)} is no text: compare it with “<”, “=” or “>”.`)
      const problem = node.test === 'matches' ? known.patternProblem(node.text) : null
      if (problem !== null) throw wrong(node.textSpan, problem)
      return negated({ op: node.test, operand, text: node.text }, node.isNegated)
    }
    case 'null':
      return negated({ op: 'exists', operand: toOperand(node.name, known).operand }, !node.isNegated)
  }
}

function negated(filter: RunFilter, isNegated: boolean): RunFilter {
  return isNegated ? { op: 'not', filter } : filter
}

interface Resolved {
  readonly operand: Operand
  readonly kind: ValueKind
}

function toOperand(name: Name, known: KnownNames): Resolved {
  const { scope, key, aggregate } = name
  if (scope === 'any' && aggregate === null) {
    const field = FIELD_NAMES.get(key)
    if (field !== undefined) return { operand: { from: 'run', field: field.field }, kind: field.kind }
  }
  const from = scope === 'any' ? (known.kindOf(key) ?? 'unknown') : scope
  switch (from) {
    case 'metric':
      return { operand: { from, key, aggregate: aggregate ?? 'last' }, kind: 'number' }
    case 'unknown':
      throw unknownName(name, known)
    default: {
      // A param `loss.min` written without quotes.
      const whole = aggregate === null ? key : `${key}.${aggregate}`
      if (from === 'param') return { operand: toParam(whole, known), kind: 'json' }
      return { operand: { from, key: whole }, kind: from === 'tag' ? 'tag' : 'json' }
    }
  }
}

/** `lr.first` is what `lr` was before it was set while the run ran, `lr.last` as `lr` what it is now. */
function toParam(key: string, known: KnownNames): Operand {
  const [, name, at] = /^(.+)\.(first|last)$/i.exec(key) ?? []
  if (name === undefined || known.kindOf(key) === 'param' || known.kindOf(name) !== 'param')
    return { from: 'param', key }
  return at?.toLowerCase() === 'first'
    ? { from: 'param', key: name, at: 'first' }
    : { from: 'param', key: name }
}

function unknownName(name: Name, known: KnownNames): WrongFilter {
  const nearest = nearestName(name.key, [...FIELD_NAMES.keys(), ...known.all()])
  const message = `No run has a param, metric or tag called “${name.key}”.`
  if (nearest === null) return wrong(name, message)
  const fix = printName({ scope: 'any', key: nearest, aggregate: name.aggregate })
  return wrong(name, `${message} Did you mean ${fix}?`, fix)
}
