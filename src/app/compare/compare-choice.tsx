import type { JSX } from 'solid-js'
import './compare-choice.css'

interface CompareChoiceProps {
  readonly label: string
  /** Off where the label is said by what stands around it. */
  readonly showLabel?: boolean
  /** A select. */
  readonly children: JSX.Element
}

/** Something of the comparison that can be chosen. */
export function CompareChoice(props: CompareChoiceProps) {
  return (
    <label class="compare-choice">
      <span classList={{ 'visually-hidden': props.showLabel === false }}>{props.label}</span>
      {props.children}
    </label>
  )
}
