import './toggle.css'

interface ToggleProps {
  readonly label: string
  readonly on: boolean
  onChange(on: boolean): void
}

/** Reads as a sentence: "Ignore outliers off". */
export function Toggle(props: ToggleProps) {
  return (
    <button type="button" class="toggle" aria-pressed={props.on} onClick={() => props.onChange(!props.on)}>
      {props.label} <span class="toggle-state">{props.on ? 'on' : 'off'}</span>
    </button>
  )
}
