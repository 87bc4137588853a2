import Check from 'lucide-solid/icons/check'
import Minus from 'lucide-solid/icons/minus'
import './select-box.css'

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
      class="select-box"
      role="checkbox"
      aria-checked={props.state}
      aria-label={props.label}
      tabindex={-1}
      data-action={props.action}
    >
      <span class="select-box-mark">
        <Check class="select-box-all" size={12} />
        <Minus class="select-box-some" size={12} />
      </span>
    </button>
  )
}
