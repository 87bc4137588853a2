import { runField, RUN_FIELD_NAMES } from '../../model/run-fields.ts'
import { AGGREGATES, METRIC_AGGREGATES, SHOWN_AGGREGATES } from '../../model/aggregates.ts'
import type { Operand } from '../../protocol/run-query.ts'

/** An operand as one text, for links and as the key of maps: `param:lr`, `metric.min:val/loss`, `run:duration`. */
export function printOperand(operand: Operand): string {
  switch (operand.from) {
    case 'run':
      return `run:${operand.field}`
    case 'metric':
      return `metric.${operand.aggregate}:${operand.key}`
    default:
      return `${operand.from}:${operand.key}`
  }
}

/** Reads what `printOperand` wrote; null for anything else. */
export function parseOperand(text: string): Operand | null {
  const colon = text.indexOf(':')
  if (colon < 0) return null
  const [from, key] = [text.slice(0, colon), text.slice(colon + 1)]
  if (from === 'param' || from === 'tag' || from === 'summary') return { from, key }
  if (from === 'run') {
    const field = RUN_FIELD_NAMES.find((each) => each === key)
    return field === undefined ? null : { from, field }
  }
  const aggregate = METRIC_AGGREGATES.find((each) => from === `metric.${each}`)
  return aggregate === undefined ? null : { from: 'metric', key, aggregate }
}

/** What the screen calls an operand; of a metric with how it is summed up, unless that is its last value. */
export function operandWords(operand: Operand): string {
  switch (operand.from) {
    case 'run':
      return runField(operand.field).title.toLowerCase()
    case 'metric':
      return operand.aggregate === 'last'
        ? operand.key
        : `${operand.key} ${AGGREGATES[operand.aggregate].words}`
    default:
      return operand.key
  }
}

/** The same of what `printOperand` wrote; of anything else itself. */
export function writtenOperandWords(text: string): string {
  const operand = parseOperand(text)
  return operand === null ? text : operandWords(operand)
}

/** All that metrics can be summed up by, metric by metric. */
export function metricOperands(keys: readonly string[]): readonly Operand[] {
  return keys.flatMap((key) =>
    SHOWN_AGGREGATES.map((aggregate) => ({ from: 'metric', key, aggregate }) as const),
  )
}
