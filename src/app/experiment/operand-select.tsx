import { For, Index, Show } from 'solid-js'
import type { Operand } from '../../protocol/run-query.ts'
import { parseOperand, printOperand, writtenOperandWords } from '../workspace/operands.ts'

/** Operands that stand together. */
export interface OperandGroup {
  readonly title: string
  readonly operands: readonly Operand[]
}

interface OperandSelectProps {
  readonly label: string
  /** As `printOperand` writes it, or of one of `others`. */
  readonly value: string
  /** What can be chosen besides. */
  readonly others: readonly { readonly value: string; readonly text: string }[]
  readonly groups: readonly OperandGroup[]
  /** Reads like the text around it. */
  readonly isInline?: boolean
  onChange(value: string): void
}

/** A choice of anything the runs have a value of. */
export function OperandSelect(props: OperandSelectProps) {
  const isOffered = (): boolean =>
    props.others.some(({ value }) => value === props.value) ||
    props.groups.some(({ operands }) => operands.some((operand) => printOperand(operand) === props.value))
  return (
    <select
      classList={{ 'inline-select': props.isInline === true }}
      aria-label={props.label}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    >
      <For each={props.others}>
        {(other) => (
          <option value={other.value} selected={other.value === props.value}>
            {other.text}
          </option>
        )}
      </For>
      {/* What a link names and nothing has any more. */}
      <Show when={!isOffered() && parseOperand(props.value) !== null}>
        <option value={props.value} selected>
          {writtenOperandWords(props.value)}
        </option>
      </Show>
      {/* By their values: a list that is read again leaves an open one alone. */}
      <Index each={props.groups.filter(({ operands }) => operands.length > 0)}>
        {(group) => (
          <optgroup label={group().title}>
            <For each={group().operands.map(printOperand)}>
              {(value) => (
                <option value={value} selected={value === props.value}>
                  {writtenOperandWords(value)}
                </option>
              )}
            </For>
          </optgroup>
        )}
      </Index>
    </select>
  )
}
