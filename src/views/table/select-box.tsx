import Check from 'lucide-solid/icons/check'
import Minus from 'lucide-solid/icons/minus'
import { Show } from 'solid-js'

interface SelectBoxProps {
  readonly label: string
  /** mixed: some of what it stands for. */
  readonly state: boolean | 'mixed'
  /** What the grid does when it is clicked. */
  readonly action: string
}

/** A box to select by pointer; by keyboard the row is selected that has the focus. */
export function SelectBox(props: SelectBoxProps) {
  return (
    <button
      type="button"
      class="table-select"
      role="checkbox"
      aria-checked={props.state}
      aria-label={props.label}
      tabindex={-1}
      data-action={props.action}
    >
      <span class="table-select-box">
        <Show when={props.state === true}>
          <Check size={12} />
        </Show>
        <Show when={props.state === 'mixed'}>
          <Minus size={12} />
        </Show>
      </span>
    </button>
  )
}
