import type { RunId } from '../../model/units.ts'
import { parseNumericText } from '../../model/numeric-text.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { parseOperand } from '../workspace/operands.ts'

/** The number a run has of something, as charts of one's own draw it; NaN where it has none. */
export function useOwnValues(): (by: string, id: RunId) => number {
  const { columns, series } = useExperiment()
  return (by, id) => {
    const operand = parseOperand(by)
    if (operand === null) return Number.NaN
    if (operand.from === 'metric') return series.summary(id, operand.key)?.[operand.aggregate] ?? Number.NaN
    const value = columns().get(by)?.get(id)
    if (typeof value === 'number') return value
    return typeof value === 'string' ? (parseNumericText(value) ?? Number.NaN) : Number.NaN
  }
}
