import ChevronDown from 'lucide-solid/icons/chevron-down'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import { Show, type JSX } from 'solid-js'
import './fold-heading.css'

interface FoldHeadingProps {
  readonly name: string
  /** How much is under it. */
  readonly count: string
  readonly isOpen: boolean
  /** Icon buttons, shown when wanted. */
  readonly children?: JSX.Element
  onToggle(): void
}

/** The name over a part of a grid, which folds it away. */
export function FoldHeading(props: FoldHeadingProps) {
  return (
    <header class="fold-heading">
      <h2>
        <button
          type="button"
          class="fold-heading-name"
          aria-expanded={props.isOpen}
          onClick={() => props.onToggle()}
        >
          <Show when={props.isOpen} fallback={<ChevronRight size={14} />}>
            <ChevronDown size={14} />
          </Show>
          <bdi>{props.name}</bdi>
          <span class="fold-heading-count">{props.count}</span>
        </button>
      </h2>
      {props.children}
    </header>
  )
}
