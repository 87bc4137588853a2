import { createMemo, Show } from 'solid-js'
import type { Run } from '../../model/run.ts'
import type { RunId } from '../../model/units.ts'
import { createRunDetail } from '../experiment/create-run-detail.ts'
import { useTracker } from '../tracker/tracker.ts'
import { formatStep } from '../../widgets/number-format.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import './forked-from.css'

/** Which run a run goes on from, and a way there. */
export function ForkedFrom(props: { readonly run: Run }) {
  return (
    <Show when={props.run.parentRunId} keyed>
      {(parentRunId) => <Parent parentRunId={parentRunId} step={props.run.forkedAtStep} />}
    </Show>
  )
}

function Parent(props: { readonly parentRunId: RunId; readonly step: number | null }) {
  const { database, experimentId, select } = useExperiment()
  const { detail } = createRunDetail(useTracker(), () => ({ database, runId: props.parentRunId }))
  const parent = createMemo(() => detail()?.run)
  /** Only runs of the experiment that is shown can be picked. */
  const isNear = (): boolean => parent()?.experimentId === experimentId
  return (
    <p class="forked-from">
      Forked from{' '}
      <Show when={parent()} fallback="a run that is not here">
        {(known) => (
          <Show when={isNear()} fallback={known().name}>
            <button type="button" class="forked-from-run" onClick={() => select(known().id)}>
              {known().name}
            </button>
          </Show>
        )}
      </Show>
      {props.step === null ? '' : ` at step ${formatStep(props.step)}`}
    </p>
  )
}
