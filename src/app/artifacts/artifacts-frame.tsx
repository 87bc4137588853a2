import type { JSX } from 'solid-js'
import './artifacts-frame.css'

interface ArtifactsFrameProps {
  /** It has the height to itself. */
  readonly isWhole: boolean
  readonly children: JSX.Element
}

/** A list of artifacts and what belongs to it. */
export function ArtifactsFrame(props: ArtifactsFrameProps) {
  return (
    <section class="artifacts-frame" classList={{ 'is-whole': props.isWhole }} aria-label="Artifacts">
      {props.children}
    </section>
  )
}

/** What is said where there is none, or none could be read. */
export function ArtifactsNote(props: { readonly children: JSX.Element }) {
  return <p class="artifacts-frame-note">{props.children}</p>
}
