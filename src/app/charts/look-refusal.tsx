import { Show } from 'solid-js'
import type { LookBy } from '../experiment/create-run-looks.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import './look-refusal.css'

/** Why lines are not told apart by what was chosen; nothing where they are. */
export function LookRefusal(props: { readonly by: LookBy }) {
  const { looks } = useExperiment()
  return (
    <Show when={looks.refusal(props.by)}>
      {(reason) => (
        <p class="look-refusal" role="status">
          {props.by === 'colorBy' ? 'Colour by' : 'Dash by'} is left out: {reason()}
        </p>
      )}
    </Show>
  )
}
