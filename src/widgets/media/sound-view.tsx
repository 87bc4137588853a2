import { Show } from 'solid-js'
import type { SoundContent, SoundLevel } from '../../model/media-content/sound-content.ts'
import { formatCount, formatPlural, formatValue } from '../number-format.ts'
import { createObjectUrl } from './object-url.ts'
import { RangedPicture } from './ranged-picture.tsx'
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
      <RangedPicture range={props.content.range} label={props.label}>
        {(filter) => (
          <>
            <Show
              when={props.content.kind === 'video'}
              fallback={
                <audio controls preload="metadata" src={url()} aria-label={props.label} onError={fail} />
              }
            >
              <video
                controls
                preload="metadata"
                playsinline
                style={{ filter: filter() }}
                src={url()}
                aria-label={props.label}
                onError={fail}
              />
            </Show>
            <Show when={props.content.level}>
              {(level) => <p class="sound-view-level">{levelWords(level())}</p>}
            </Show>
          </>
        )}
      </RangedPicture>
      <Show when={props.content.caption}>
        <figcaption dir="auto">{props.content.caption}</figcaption>
      </Show>
    </figure>
  )
}

/** `32,768 is as loud as can be; 3 of 100 samples not finite, silent`. */
function levelWords({ full, count, lost = 0 }: SoundLevel): string {
  return [
    ...(full === 1 ? [] : [`${formatValue(full)} is as loud as can be`]),
    ...(lost > 0 ? [`${formatCount(lost)} of ${formatPlural(count, 'sample')} not finite, silent`] : []),
  ].join('; ')
}
