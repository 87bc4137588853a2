import { createSignal, Show } from 'solid-js'
import { formatCount } from './number-format.ts'
import './folded-text.css'

interface FoldedTextProps {
  readonly text: string
  /** Shorter where there is little room. Unit: UTF-16 code units. */
  readonly most?: number
}

/** As much as is read at a glance. Unit: UTF-16 code units. */
const GLANCE = 300

/** A text whose rest is shown when it is asked for: nothing long costs room or time before that. */
export function FoldedText(props: FoldedTextProps) {
  const [isOpen, setOpen] = createSignal(false)
  const most = (): number => props.most ?? GLANCE
  const isLong = (): boolean => props.text.length > most()
  return (
    <>
      {isLong() && !isOpen() ? `${props.text.slice(0, most())}…` : props.text}
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
