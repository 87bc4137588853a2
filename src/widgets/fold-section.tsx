import ChevronDown from 'lucide-solid/icons/chevron-down'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import { createUniqueId, Show, type JSX } from 'solid-js'
import './fold-section.css'

interface FoldSectionProps {
  readonly title: string
  readonly id: string
  readonly isOpen: boolean
  /** What can be set, beside the title; only while it is open. */
  readonly tools?: JSX.Element
  readonly children: JSX.Element
  onToggle(): void
}

/** Part of a page under a title that folds it away. */
export function FoldSection(props: FoldSectionProps) {
  const bodyId = createUniqueId()
  return (
    <section class="fold-section" id={props.id} aria-label={props.title}>
      <header class="fold-section-head">
        <h2>
          <button
            type="button"
            class="fold-section-title"
            aria-expanded={props.isOpen}
            aria-controls={bodyId}
            onClick={() => props.onToggle()}
          >
            <Show when={props.isOpen} fallback={<ChevronRight size={14} />}>
              <ChevronDown size={14} />
            </Show>
            {props.title}
          </button>
        </h2>
        <Show when={props.isOpen}>{props.tools}</Show>
      </header>
      <div id={bodyId} class="fold-section-body" hidden={!props.isOpen}>
        <Show when={props.isOpen}>{props.children}</Show>
      </div>
    </section>
  )
}
