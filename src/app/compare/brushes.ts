import { parseFilter } from '../../filter/parse.ts'
import { printFilter } from '../../filter/print.ts'
import { FIELD_NAMES } from '../../filter/fields.ts'
import type { FilterNode, Name, Value } from '../../filter/syntax.ts'
import type { JsonValue } from '../../model/json.ts'
import type { Operand, RunKey } from '../../protocol/run-query.ts'
import type { Brush } from '../workspace/compare-view.ts'
import { parseOperand } from '../workspace/operands.ts'
import type { RunValues } from '../experiment/run-values.ts'

/** Which runs every brush has picked; null without brushes. A run that has nothing there is not picked. */
export function brushedRuns(
  brushes: readonly Brush[],
  valuesOf: (by: string) => RunValues | undefined,
  count: number,
): Uint8Array | null {
  if (brushes.length === 0) return null
  const picked = new Uint8Array(count).fill(1)
  for (const brush of brushes) {
    const known = valuesOf(brush.by)
    if (known === undefined) continue
    const isPicked = pickerOf(brush, known)
    for (let row = 0; row < count; row += 1) {
      const value = known.values[row] ?? Number.NaN
      if (Number.isNaN(value) || !isPicked(value)) picked[row] = 0
    }
  }
  return picked
}

function pickerOf(brush: Brush, known: RunValues): (value: number) => boolean {
  if ('from' in brush) return (value) => known.kind === 'number' && value >= brush.from && value <= brush.to
  if (known.kind === 'number') return () => false
  const wanted = new Set(brush.categories)
  const places = new Set<number>()
  for (const [place, { id }] of known.categories.entries()) if (wanted.has(id)) places.add(place)
  return (value) => places.has(value)
}

/**
 * The runs that brushes pick, as a filter, and-ed to the one there is; null where the language cannot say it: of lists
 * and objects, of a filter that is wrong, and of one that would be too long.
 */
export function brushesToFilter(
  brushes: readonly Brush[],
  valuesOf: (by: string) => RunValues | undefined,
  keys: readonly RunKey[],
  present: string,
): string | null {
  const parsed = parseFilter(present)
  if (!parsed.ok) return null
  const nodes: FilterNode[] = []
  for (const brush of brushes) {
    const node = brushToNodes(brush, valuesOf(brush.by), keys)
    if (node === null) return null
    nodes.push(...node)
  }
  const before = parsed.value
  const parts =
    before === null ? nodes : before.kind === 'and' ? [...before.parts, ...nodes] : [before, ...nodes]
  const [only] = parts
  if (only === undefined) return ''
  const text = printFilter(parts.length === 1 ? only : { kind: 'and', parts, ...NOWHERE })
  return parseFilter(text).ok ? text : null
}

const NOWHERE = { from: 0, to: 0 } as const

function brushToNodes(
  brush: Brush,
  known: RunValues | undefined,
  keys: readonly RunKey[],
): readonly FilterNode[] | null {
  const operand = parseOperand(brush.by)
  if (operand === null || known === undefined) return null
  const name = operandToName(operand, keys)
  if (name === null) return null
  if ('from' in brush) {
    const bound = (op: '>=' | '<=', number: number): FilterNode => ({
      kind: 'compare',
      name,
      op,
      value: numberValue(operand, number),
      ...NOWHERE,
    })
    return [bound('>=', brush.from), bound('<=', brush.to)]
  }
  const wanted = new Set(brush.categories)
  const chosen = known.kind === 'category' ? known.categories.filter(({ id }) => wanted.has(id)) : []
  const values = chosen.map(({ value }) => literalValue(value))
  if (chosen.length === 0 || values.includes(null)) return null
  const literals = values.filter((value) => value !== null)
  const [first] = literals
  return literals.length === 1 && first !== undefined
    ? [{ kind: 'compare', name, op: '=', value: first, ...NOWHERE }]
    : [{ kind: 'in', name, values: literals, isNegated: false, ...NOWHERE }]
}

/** What a filter calls an operand: as short as it can be without meaning something else. */
function operandToName(operand: Operand, keys: readonly RunKey[]): Name | null {
  if (operand.from === 'run') {
    for (const [key, { field }] of FIELD_NAMES) {
      if (field === operand.field) return { scope: 'any', key, aggregate: null, ...NOWHERE }
    }
    return null
  }
  const { from, key } = operand
  const aggregate = operand.from === 'metric' && operand.aggregate !== 'last' ? operand.aggregate : null
  const kinds = keys.filter((each) => each.key === key)
  const isTold = !FIELD_NAMES.has(key) && kinds.length > 0 && kinds.every((each) => each.from === from)
  return { scope: isTold ? 'any' : from, key, aggregate, ...NOWHERE }
}

function numberValue(operand: Operand, number: number): Value {
  const isDuration = operand.from === 'run' && operand.field === 'duration'
  if (isDuration) return { kind: 'duration', amount: number, unit: 'ms', ...NOWHERE }
  return { kind: 'number', number, ...NOWHERE }
}

function literalValue(value: JsonValue): Value | null {
  switch (typeof value) {
    case 'string':
      return { kind: 'text', text: value, ...NOWHERE }
    case 'number':
      return { kind: 'number', number: value, ...NOWHERE }
    case 'boolean':
      return { kind: 'boolean', boolean: value, ...NOWHERE }
    default:
      return null
  }
}
