import { createMemo, createSignal, Show } from 'solid-js'
import { formatCount } from './number-format.ts'
import './folded-text.css'

interface FoldedTextProps {
  readonly text: string
  /** Shorter where there is little room. Unit: UTF-16 code units. */
  readonly most?: number
}

/** As much as is read at a glance. Unit: UTF-16 code units, lines. */
const GLANCE = 300
const GLANCE_LINES = 12

/** A text whose rest is shown when it is asked for: nothing long costs room or time before that. */
export function FoldedText(props: FoldedTextProps) {
  const [isOpen, setOpen] = createSignal(false)
  const glance = createMemo(() =>
    props.text
      .slice(0, props.most ?? GLANCE)
      .split('\n', GLANCE_LINES)
      .join('\n'),
  )
  const isLong = (): boolean => glance().length < props.text.length
  return (
    <>
      {isLong() && !isOpen() ? `${glance()}…` : props.text}
      <Show when={isLong()}>
        <button
          type="button"
          class="folded-text-button"
          aria-expanded={isOpen()}
          onClick={(event) => {
            event.stopPropagation()
            setOpen((is) => !is)
          }}
        >
          {isOpen() ? 'Show less' : `Show all ${formatCount(props.text.length)} characters`}
        </button>
      </Show>
    </>
  )
}
