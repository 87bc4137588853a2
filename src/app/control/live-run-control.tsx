import { Show, Suspense } from 'solid-js'
import type { Run } from '../../model/run.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { lazyView } from '../shell/lazy-view.ts'

const RunControl = lazyView(async () => (await import('./run-control.tsx')).RunControl)

/** The control of a run, while it runs and answers. */
export function LiveRunControl(props: { readonly run: Run }) {
  const { control, readOnly } = useExperiment()
  const standing = () =>
    props.run.status === 'running' && !readOnly ? control.standing(props.run.id) : undefined
  return (
    <Show when={standing()}>
      {(known) => (
        <Suspense>
          <RunControl runId={props.run.id} name={props.run.name} standing={known()} />
        </Suspense>
      )}
    </Show>
  )
}
