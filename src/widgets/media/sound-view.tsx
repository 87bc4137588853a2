import { Show } from 'solid-js'
import type { SoundContent } from '../../model/media-content/sound-content.ts'
import { createObjectUrl } from './object-url.ts'
import './sound-view.css'

interface SoundViewProps {
  readonly content: SoundContent
  readonly label: string
  /** The browser cannot play it. */
  onProblem(reason: string): void
}

/** A sound or a film under the browser's own controls. */
export function SoundView(props: SoundViewProps) {
  const url = createObjectUrl(() => ({ bytes: props.content.file, type: props.content.mime }))
  const fail = (): void => props.onProblem('this browser cannot play its bytes')
  return (
    <figure class="sound-view">
      <Show
        when={props.content.kind === 'video'}
        fallback={<audio controls preload="metadata" src={url()} aria-label={props.label} onError={fail} />}
      >
        <video controls preload="metadata" playsinline src={url()} aria-label={props.label} onError={fail} />
      </Show>
      <Show when={props.content.caption}>
        <figcaption dir="auto">{props.content.caption}</figcaption>
      </Show>
    </figure>
  )
}
