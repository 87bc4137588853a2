import type { JsonValue } from '../../model/json.ts'
import type { RunId } from '../../model/units.ts'
import { operandWords, parseOperand } from '../workspace/operands.ts'
import type { RunColumnsByName } from './create-run-columns.ts'
import { groupColor, type RunStyle } from './run-colors.ts'
import { toRunValues, type RunValues } from './run-values.ts'

/** Runs that have the same value of each of some things. */
export interface RunGroup {
  /** Equal for equal values. */
  readonly id: string
  /** “lr 0.01, units 64”, “no lr”. */
  readonly name: string
  /** The same where it is said what the values are of: “0.01, 64”, “none”. */
  readonly text: string
  readonly style: RunStyle
  /** In the order they were given. */
  readonly runIds: readonly RunId[]
}

/** What runs have of one thing, and what that is called. */
interface Key {
  readonly words: string
  readonly values: RunValues
}

/**
 * Groups runs by one or several things; those without one come last. Numbers are in their order, and so are their colours.
 *
 * A run of which it is not known yet what it has is in no group. Cost: linear, and a sort of the groups.
 */
export function groupRuns(
  operands: readonly string[],
  columns: RunColumnsByName,
  runIds: readonly RunId[],
): readonly RunGroup[] {
  const known = operands.map((operand) => columns.get(operand) ?? new Map<RunId, JsonValue>())
  const ids = runIds.filter((id) => known.every((column) => column.has(id)))
  const keys = operands.map((operand, index): Key => {
    const column = known[index]
    return { words: wordsOf(operand), values: toRunValues(ids.map((id) => column?.get(id) ?? null)) }
  })
  const members = new Map<string, { readonly values: readonly number[]; readonly runIds: RunId[] }>()
  for (const [row, id] of ids.entries()) {
    const values = keys.map((key) => key.values.values[row] ?? Number.NaN)
    const name = values.join(' ')
    const group = members.get(name)
    if (group === undefined) members.set(name, { values, runIds: [id] })
    else group.runIds.push(id)
  }
  const groups = [...members.values()].toSorted((a, b) => compareValues(a.values, b.values))
  const styles = stylesOf(
    groups.map(({ values }) => values),
    keys,
  )
  return groups.map(({ values, runIds: ofGroup }, place) => ({
    id: keys.map((key, at) => idOf(key.values, values[at] ?? Number.NaN)).join(' '),
    name: keys.map((key, at) => nameOf(key, values[at] ?? Number.NaN)).join(', '),
    text: keys.map((key, at) => textOf(key.values, values[at] ?? Number.NaN)).join(', '),
    style: styles[place] ?? groupColor(place, groups.length, false),
    runIds: ofGroup,
  }))
}

/** What some things are called together: “lr, units”. */
export function operandsWords(operands: readonly string[]): string {
  return operands.map(wordsOf).join(', ')
}

function wordsOf(operand: string): string {
  const parsed = parseOperand(operand)
  return parsed === null ? operand : operandWords(parsed)
}

/** By the first that differs; what is missing comes last. */
function compareValues(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => !Object.is(value, b[index]))
  const [one = 0, other = 0] = [a[at], b[at]]
  if (Number.isNaN(one)) return 1
  return Number.isNaN(other) ? -1 : one - other
}

/** More numbers than there are colours take theirs from a scale, which what is missing has no place on. */
function stylesOf(groups: readonly (readonly number[])[], keys: readonly Key[]): readonly RunStyle[] {
  const [key, ...more] = keys
  const isScale = key?.values.kind === 'number' && more.length === 0
  const present = groups.filter(([value = Number.NaN]) => !isScale || !Number.isNaN(value)).length
  return groups.map((_, place) => groupColor(place, present, isScale && place < present))
}

function nameOf({ words, values }: Key, value: number): string {
  return Number.isNaN(value) ? `no ${words}` : `${words} ${textOf(values, value)}`
}

function textOf(values: RunValues, value: number): string {
  if (Number.isNaN(value)) return 'none'
  return values.kind === 'number' ? String(value) : (values.categories[value]?.text ?? '')
}

function idOf(values: RunValues, value: number): string {
  if (Number.isNaN(value)) return '-'
  return values.kind === 'number' ? `=${value}` : `=${values.categories[value]?.id ?? ''}`
}
