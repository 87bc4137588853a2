import { createMemo, For, Show } from 'solid-js'
import { SHOWN_AGGREGATES } from '../../model/series.ts'
import type { Operand } from '../../protocol/run-query.ts'
import { operandWords, parseOperand, printOperand } from '../workspace/operands.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { useCompare } from './compare-context.ts'

interface OperandSelectProps {
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

interface Group {
  readonly title: string
  readonly operands: readonly Operand[]
}

const TITLES = { param: 'Params', tag: 'Tags', summary: 'Summary' } as const

/** A choice of anything the runs have a value of. */
export function OperandSelect(props: OperandSelectProps) {
  const { compare } = useCompare()
  const { series } = useExperiment()
  const groups = createMemo<readonly Group[]>(() => {
    const metrics: Group = {
      title: 'Metrics',
      operands: series
        .keys()
        .flatMap((key) => SHOWN_AGGREGATES.map((aggregate) => ({ from: 'metric' as const, key, aggregate }))),
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
      .filter(({ field }) => props.offers === 'all' || field === 'duration' || field === 'startedAt')
    return [...given.slice(0, 1), metrics, { title: 'Run', operands: fields }, ...given.slice(1)]
  })
  const isOffered = (): boolean =>
    groups().some(({ operands }) => operands.some((operand) => printOperand(operand) === props.value))
  const chosen = (): Operand | null => parseOperand(props.value)

  return (
    <label class="compare-choice">
      <span classList={{ 'visually-hidden': props.showLabel === false }}>{props.label}</span>
      <select
        class="inline-select"
        aria-label={props.label}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      >
        <For each={props.others ?? []}>
          {(other) => (
            <option value={other.value} selected={other.value === props.value}>
              {other.text}
            </option>
          )}
        </For>
        {/* What a link names and nothing has any more. */}
        <Show when={!isOffered() && chosen()}>
          {(operand) => (
            <option value={props.value} selected>
              {operandWords(operand())}
            </option>
          )}
        </Show>
        <For each={groups()}>
          {(group) => (
            <optgroup label={group.title}>
              <For
                each={group.operands.filter(
                  (operand) => !(props.without ?? []).includes(printOperand(operand)),
                )}
              >
                {(operand) => (
                  <option value={printOperand(operand)} selected={printOperand(operand) === props.value}>
                    {operandWords(operand)}
                  </option>
                )}
              </For>
            </optgroup>
          )}
        </For>
      </select>
    </label>
  )
}
