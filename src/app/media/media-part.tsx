import { Show, Suspense } from 'solid-js'
import { useExperiment } from '../experiment/experiment-context.ts'
import { lazyView } from '../shell/lazy-view.ts'

const MediaGrid = lazyView(async () => (await import('./media-grid.tsx')).MediaGrid)

/** What can be looked at of the drawn runs; its code is loaded when there is anything. */
export function MediaPart(props: { readonly isBelow: boolean }) {
  const { media } = useExperiment()
  return (
    <Show when={(media.table()?.size ?? 0) > 0}>
      <Suspense>
        <MediaGrid isBelow={props.isBelow} />
      </Suspense>
    </Show>
  )
}
