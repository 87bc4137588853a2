import { createMemo } from 'solid-js'
import { runField, type RunField } from '../../model/run-fields.ts'
import { metricOperands, printOperand } from '../workspace/operands.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { OperandSelect, type OperandGroup } from '../experiment/operand-select.tsx'
import { useCompare } from './compare-context.ts'
import { CompareChoice } from './compare-choice.tsx'

interface OperandChoiceProps {
  readonly label: string
  /** Off where the label is said by what stands around it. */
  readonly showLabel?: boolean
  /** As `printOperand` writes it; '' for the first of `others`. */
  readonly value: string
  /** What can be chosen besides. */
  readonly others?: readonly { readonly value: string; readonly text: string }[]
  /** `metrics`: those alone; `numbers`: what has a number somewhere; `all`: anything. */
  readonly offers: 'metrics' | 'numbers' | 'all'
  readonly without?: readonly string[]
  onChange(value: string): void
}

const TITLES = { param: 'Params', tag: 'Tags', summary: 'Summary' } as const

/** Whether there is an axis of it. */
function isMeasured(field: RunField): boolean {
  const { kind } = runField(field)
  return kind === 'time' || kind === 'duration'
}

/** A choice of anything the compared runs have a value of, with its label. */
export function OperandChoice(props: OperandChoiceProps) {
  const { compare } = useCompare()
  const { series } = useExperiment()
  const groups = createMemo<readonly OperandGroup[]>(() => {
    const metrics: OperandGroup = {
      title: 'Metrics',
      operands: metricOperands(series.keys()),
    }
    if (props.offers === 'metrics') return [metrics]
    const given = (['param', 'tag', 'summary'] as const).map((from) => ({
      title: TITLES[from],
      operands: compare
        .keys()
        .filter((key) => key.from === from && (props.offers === 'all' || key.numbers > 0))
        .map(({ key }) => ({ from, key })),
    }))
    const fields = compare
      .operands()
      .filter((operand) => operand.from === 'run')
      .filter(({ field }) => props.offers === 'all' || isMeasured(field))
    return [...given.slice(0, 1), metrics, { title: 'Run', operands: fields }, ...given.slice(1)]
  })

  return (
    <CompareChoice label={props.label} showLabel={props.showLabel ?? true}>
      <OperandSelect
        label={props.label}
        value={props.value}
        others={props.others ?? []}
        groups={groups().map(({ title, operands }) => ({
          title,
          operands: operands.filter((operand) => !(props.without ?? []).includes(printOperand(operand))),
        }))}
        isInline
        onChange={(value) => props.onChange(value)}
      />
    </CompareChoice>
  )
}
