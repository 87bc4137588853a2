import { Show, Suspense } from 'solid-js'
import type { Run } from '../../model/run.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { lazyView } from '../shell/lazy-view.ts'

const RunControl = lazyView(async () => (await import('./run-control.tsx')).RunControl)

/** The control of a run that answers; of one that was heard of and has ended as it last was, so that nothing jumps. */
export function LiveRunControl(props: { readonly run: Run }) {
  const { control, readOnly } = useExperiment()
  const standing = () => (readOnly ? undefined : control.lastStanding(props.run.id))
  return (
    <Show when={standing()}>
      {(known) => (
        <Suspense>
          <RunControl
            runId={props.run.id}
            name={props.run.name}
            standing={known()}
            hasEnded={props.run.status !== 'running'}
          />
        </Suspense>
      )}
    </Show>
  )
}
