import type { JSX } from 'solid-js'
import './sql-note.css'

/** What is said where rows would stand. */
export function SqlNote(props: { readonly children: JSX.Element }) {
  return <p class="sql-note">{props.children}</p>
}
