import { createMemo, Show } from 'solid-js'
import type { EmbeddingContent } from '../../model/media-content/embedding-content.ts'
import { createProjection } from './create-projection.ts'
import type { Projection, ProjectionMethod } from './embedding-projection.ts'
import { Button } from '../../widgets/button.tsx'
import { EmbeddingCloud } from '../../widgets/media/embedding-cloud.tsx'
import { formatCount, formatPlural } from '../../widgets/number-format.ts'
import { ProgressBar } from '../../widgets/progress-bar.tsx'
import './embedding-media.css'

interface EmbeddingMediaProps {
  readonly content: EmbeddingContent
  readonly label: string
  readonly look: string
  readonly hidden: ReadonlySet<string>
  onToggle(name: string): void
}

/** Vectors projected to two or three axes, and how far that has come. */
export function EmbeddingMedia(props: EmbeddingMediaProps) {
  const method = (): ProjectionMethod => (props.look.startsWith('umap') ? 'umap' : 'pca')
  const axes = (): 2 | 3 => (props.look.endsWith('3') ? 3 : 2)
  const { projection, progress, failure, cancel, start } = createProjection(
    createMemo(() => ({ content: props.content, method: method(), axes: axes() })),
  )
  const receipt = (found: Projection): string => {
    const { count, dimensions } = props.content
    const shown =
      found.rows.length + found.lost < count
        ? `${formatCount(found.rows.length)} of ${formatPlural(count, 'vector')}`
        : formatPlural(found.rows.length, 'vector')
    const lost = found.lost > 0 ? `, ${formatCount(found.lost)} not finite` : ''
    return `${shown} of ${formatPlural(dimensions, 'number')}${lost}`
  }
  return (
    <>
      <Show when={progress() !== null}>
        <div class="embedding-media-work">
          <ProgressBar
            label={`Working out ${props.label}`}
            done={progress() ?? 0}
            total={progress() ? 1 : 0}
          />
          <Button look="quiet" onClick={cancel}>
            Cancel
          </Button>
        </div>
      </Show>
      <Show when={failure()}>
        {(words) => (
          <div class="embedding-media-work">
            <span>{words()}</span>
            <Button look="quiet" onClick={start}>
              Work it out
            </Button>
          </div>
        )}
      </Show>
      <Show when={projection()}>
        {(found) => (
          <EmbeddingCloud
            label={props.label}
            points={found().points}
            axes={found().axes}
            rows={found().rows}
            labels={props.content.labels}
            names={props.content.names}
            receipt={receipt(found())}
            hidden={props.hidden}
            onToggle={props.onToggle}
          />
        )}
      </Show>
    </>
  )
}
