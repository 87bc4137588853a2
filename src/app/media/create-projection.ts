import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { EmbeddingContent } from '../../model/media-content/embedding-content.ts'
import type { Projection, ProjectionMethod, ProjectionOrder } from './embedding-projection.ts'
import type { ProjectionNews } from './embedding.worker.ts'
import { holdBusy } from '../tracker/idle.ts'

export interface ProjectionQuestion {
  readonly content: EmbeddingContent
  readonly method: ProjectionMethod
  readonly axes: 2 | 3
}

export interface ProjectionState {
  /** Undefined until it is there. */
  readonly projection: Accessor<Projection | undefined>
  /** 0 to 1 while it is being worked out; null while it is not. */
  readonly progress: Accessor<number | null>
  /** Why there is none, as a sentence. */
  readonly failure: Accessor<string | null>
  cancel(): void
  /** Works it out again after it was cancelled. */
  start(): void
}

/** What was worked out once, for as long as the vectors are at hand. */
const known = new WeakMap<EmbeddingContent, Map<string, Projection>>()

/** Where vectors lie as points, worked out in a worker of its own; a question that is no longer asked is dropped. */
export function createProjection(question: Accessor<ProjectionQuestion>): ProjectionState {
  const [projection, setProjection] = createSignal<Projection>()
  const [progress, setProgress] = createSignal<number | null>(null)
  const [failure, setFailure] = createSignal<string | null>(null)
  let drop: (() => void) | null = null

  function start(): void {
    drop?.()
    setFailure(null)
    const { content, method, axes } = question()
    const name = `${method} ${axes}`
    const found = known.get(content)?.get(name)
    setProjection(() => found)
    if (found !== undefined) return
    if (typeof Worker === 'undefined') {
      setFailure('This browser allows no workers, which this needs.')
      return
    }
    const worker = new Worker(new URL('./embedding.worker.ts', import.meta.url), { type: 'module' })
    const release = holdBusy()
    drop = () => {
      worker.terminate()
      release()
      setProgress(null)
      drop = null
    }
    setProgress(0)
    worker.addEventListener('message', ({ data }: MessageEvent<ProjectionNews>) => {
      if (data.type === 'progressed') {
        setProgress(data.done / data.total)
        return
      }
      drop?.()
      known.set(content, (known.get(content) ?? new Map<string, Projection>()).set(name, data.projection))
      setProjection(() => data.projection)
    })
    worker.addEventListener('error', (event) => {
      drop?.()
      setFailure(`It could not be worked out: ${event.message}`)
    })
    const { values, count, dimensions } = content
    worker.postMessage({ values, count, dimensions, method, axes } satisfies ProjectionOrder)
  }

  createEffect(on(question, start))
  onCleanup(() => drop?.())
  return {
    projection,
    progress,
    failure,
    start,
    cancel() {
      drop?.()
      setFailure('It was stopped before it was done.')
    },
  }
}
