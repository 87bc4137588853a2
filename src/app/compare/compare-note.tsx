import type { JSX } from 'solid-js'
import './compare-note.css'

interface CompareNoteProps {
  /** Over all parts of the page, not in one of them. */
  readonly isPage?: boolean
  readonly children: JSX.Element
}

/** What is said in place of a table or a plot, or about one. */
export function CompareNote(props: CompareNoteProps) {
  return (
    <p class="compare-note" classList={{ 'is-page': props.isPage === true }}>
      {props.children}
    </p>
  )
}

interface CompareHintProps {
  /** It changes with what is shown. */
  readonly isStatus?: boolean
  readonly children: JSX.Element
}

/** How to read or use what it stands by. */
export function CompareHint(props: CompareHintProps) {
  return (
    <p class="compare-note-hint" {...(props.isStatus === true ? { role: 'status' } : {})}>
      {props.children}
    </p>
  )
}
