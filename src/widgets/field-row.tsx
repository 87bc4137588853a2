import type { JSX } from 'solid-js'
import './field-row.css'

interface FieldRowProps {
  readonly label: string
  /** An input or a select. */
  readonly children: JSX.Element
}

/** A field of a small form, after its label. */
export function FieldRow(props: FieldRowProps) {
  return (
    <label class="field-row">
      <span class="field-row-label">{props.label}</span>
      {props.children}
    </label>
  )
}
