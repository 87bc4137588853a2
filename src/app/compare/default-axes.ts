import type { CompareState } from './create-compare.ts'
import { printOperand } from '../workspace/operands.ts'
import { doesVary } from '../experiment/run-values.ts'

/** So many axes fit on a screen. */
const MAX_DEFAULT_AXES = 8
/** More categories than this tell one run from the other and nothing else. */
const MAX_CATEGORIES = 20

/** The params that vary, those that lie least deep in others first. */
export function likelyParams(compare: CompareState): readonly string[] {
  return defaultAxes(compare, null).toSorted((a, b) => depthOf(a) - depthOf(b))
}

function depthOf(by: string): number {
  return by.split('.').length
}

/** The params that vary, and what came of them at the end. */
export function defaultAxes(compare: CompareState, target: string | null): readonly string[] {
  const params = compare
    .operands()
    .filter((operand) => operand.from === 'param')
    .filter((operand) => {
      const known = compare.values(printOperand(operand))
      const isReadable = known?.kind === 'number' || (known?.categories.length ?? 0) <= MAX_CATEGORIES
      return isReadable && doesVary(compare.column(operand))
    })
    .map(printOperand)
  const room = MAX_DEFAULT_AXES - (target === null ? 0 : 1)
  return [...params.slice(0, room), ...(target === null ? [] : [target])]
}
