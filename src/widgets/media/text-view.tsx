import { Show } from 'solid-js'
import { formatCount } from '../number-format.ts'
import './text-view.css'

interface TextViewProps {
  readonly text: string
  readonly label: string
}

/** Longer texts hold up the page; all of it is in the file. Unit: UTF-16 code units. */
const MAX_SHOWN = 200_000

/** A text as it was written. */
export function TextView(props: TextViewProps) {
  return (
    <div class="text-view" tabindex={0} role="region" aria-label={props.label}>
      <pre dir="auto">{props.text.slice(0, MAX_SHOWN)}</pre>
      <Show when={props.text.length > MAX_SHOWN}>
        <p class="text-view-more">
          {formatCount(MAX_SHOWN)} of {formatCount(props.text.length)} characters are shown; download it for
          the rest.
        </p>
      </Show>
    </div>
  )
}
