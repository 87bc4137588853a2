import { createMemo, Match, Show, Switch } from 'solid-js'
import type { Artifact } from '../../model/artifact.ts'
import type { EraseArtifactsReceipt } from '../../protocol/artifacts-api.ts'
import { roomOf } from './artifact-room.ts'
import { createJob } from '../tracker/create-job.ts'
import { useTracker } from '../tracker/tracker.ts'
import { Button } from '../../widgets/button.tsx'
import { Dialog } from '../../widgets/dialog.tsx'
import { formatBytes, formatPlural } from '../../widgets/number-format.ts'
import { ProgressBar } from '../../widgets/progress-bar.tsx'
import { useArtifacts } from './artifact-context.ts'

interface EraseDialogProps {
  readonly artifacts: readonly Artifact[]
  onClose(): void
}

/** Gives up the bytes of versions for good, once that was said. */
export function EraseDialog(props: EraseDialogProps) {
  const { all } = useArtifacts()
  const tracker = useTracker()
  const job = createJob<EraseArtifactsReceipt>(tracker)
  // As it was asked: what is given up leaves the list while the dialog is open.
  const { artifacts } = props
  const room = createMemo(() => roomOf(all(), new Set(artifacts.map(({ id }) => id))))
  const asked = room()

  function erase(): void {
    const artifactIds = artifacts.map(({ id }) => id)
    void job.start((jobId) => tracker.api.eraseArtifacts({ jobId, artifactIds }))
  }

  return (
    <Dialog title="Free the room of artifacts" onClose={() => props.onClose()}>
      <Switch>
        <Match when={job.done()}>
          {(receipt) => (
            <>
              <p role="status">
                {formatPlural(receipt().erased, 'version was', 'versions were')} given up,{' '}
                {formatBytes(receipt().freedBytes)} freed.
              </p>
              <div class="dialog-foot">
                <Button look="primary" onClick={() => props.onClose()}>
                  Done
                </Button>
              </div>
            </>
          )}
        </Match>
        <Match when={job.working()}>
          {(state) => (
            <>
              <p>Giving up {formatPlural(artifacts.length, 'version')} and making room</p>
              <ProgressBar
                label="Making room"
                done={state().progress?.done ?? 0}
                total={state().progress?.total ?? 0}
              />
              <div class="dialog-foot">
                <Button onClick={job.cancel} disabled={state().cancelling}>
                  {state().cancelling ? 'Stopping' : 'Stop'}
                </Button>
              </div>
            </>
          )}
        </Match>
        <Match when={true}>
          <p>
            Give up the bytes of {formatPlural(artifacts.length, 'version')} for good? That frees about{' '}
            {formatBytes(asked)}. What is known of them stays, and it cannot be undone.
          </p>
          <Show when={job.failed()}>
            {(error) => (
              <p class="dialog-problem" role="alert">
                {error().message}
              </p>
            )}
          </Show>
          <div class="dialog-foot">
            <Button look="quiet" onClick={() => props.onClose()}>
              Keep them
            </Button>
            <Button look="danger" onClick={erase}>
              Give them up
            </Button>
          </div>
        </Match>
      </Switch>
    </Dialog>
  )
}
