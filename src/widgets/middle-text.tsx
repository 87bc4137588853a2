import { createMemo } from 'solid-js'
import './middle-text.css'

/** What names that begin alike differ in is at their end: so much of it stays at most. Unit: UTF-16 code units. */
const TAIL = 7
/** A shorter name is cut at its end like any text. */
const LEAST = 10

/** A name of which the middle is left out where there is no room for all of it. */
export function MiddleText(props: { readonly text: string }) {
  const parts = createMemo(() => splitName(props.text))
  return (
    <span class="middle-text">
      {/* Read and found as one text: what is seen are two boxes, which would be read with a gap. */}
      <span class="visually-hidden">{props.text}</span>
      <span class="middle-text-parts" aria-hidden="true" data-head={parts()[0]} data-tail={parts()[1]} />
    </span>
  )
}

/** What may be cut and what stays; no sign that takes two units is divided. */
export function splitName(text: string): readonly [head: string, tail: string] {
  if (text.length < LEAST) return [text, '']
  const at = text.length - Math.min(TAIL, Math.floor(text.length / 2))
  const isInside = /^[\uDC00-\uDFFF]/.test(text.slice(at))
  const end = isInside ? at + 1 : at
  return [text.slice(0, end), text.slice(end)]
}
