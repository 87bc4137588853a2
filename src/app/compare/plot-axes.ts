import type { CompareState } from './create-compare.ts'
import { operandWords, parseOperand } from '../workspace/operands.ts'
import { isPlausibleSpan, isPlausibleTime } from '../../model/units.ts'
import { spansDecades, type PlotAxis } from '../../widgets/plot/plot-axis.ts'

/** Something of the compared runs as an axis; null where none of them has it. */
export function toPlotAxis(
  compare: CompareState,
  by: string,
  { isFlipped, isLog }: { readonly isFlipped: boolean; readonly isLog: boolean | null },
): PlotAxis | null {
  const operand = parseOperand(by)
  const known = compare.values(by)
  if (operand === null || known === undefined) return null
  if (known.kind === 'category' && known.categories.length === 0) return null
  const unit =
    operand.from !== 'run' || known.kind === 'category'
      ? 'number'
      : operand.field === 'duration'
        ? 'duration'
        : 'time'
  return {
    id: by,
    label:
      known.kind === 'number' && known.isText === true
        ? `${operandWords(operand)} (from text)`
        : operandWords(operand),
    values: unit === 'number' ? known.values : plausibleValues(known.values, unit),
    categories: known.kind === 'category' ? known.categories.map(({ text }) => text) : null,
    unit,
    isLog: known.kind === 'number' && unit !== 'time' && (isLog ?? spansDecades(known.values)),
    isFlipped,
  }
}

/** A run that began in 1970 has no place where others did: it would press them into a pixel. Alone it keeps its place. */
export function plausibleValues(values: Float64Array, unit: 'time' | 'duration'): Float64Array {
  const isPlausible = unit === 'time' ? isPlausibleTime : isPlausibleSpan
  if (!values.some(isPlausible)) return values
  return values.map((value) => (isPlausible(value) ? value : Number.NaN))
}
