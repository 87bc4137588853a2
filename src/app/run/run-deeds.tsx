import { For, Show } from 'solid-js'
import type { Run } from '../../model/run.ts'
import { Button } from '../../widgets/button.tsx'
import { LiveRunControl } from '../control/live-run-control.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import { useRunMenus } from '../runs/run-menus.tsx'
import './run-deeds.css'

/** A hand on the run: its controls where it answers, and the lines to copy for what only its code can do. */
export function RunDeeds(props: { readonly run: Run }) {
  const { readOnly } = useExperiment()
  const menus = useRunMenus()
  const byCode = () =>
    menus.control(props.run.id, props.run.status === 'running').filter(({ isCode }) => isCode)
  return (
    <>
      <LiveRunControl run={props.run} />
      <Show when={!readOnly}>
        <div class="run-deeds">
          <For each={byCode()}>
            {({ text, run }) => (
              <Button aria-haspopup="dialog" onClick={run}>
                {text}
              </Button>
            )}
          </For>
        </div>
      </Show>
    </>
  )
}
