import type { JSX } from 'solid-js'
import './experiment-note.css'

/** What a tab says where it has nothing to show, or could not read it. */
export function ExperimentNote(props: { readonly children: JSX.Element }) {
  return <p class="experiment-note">{props.children}</p>
}
