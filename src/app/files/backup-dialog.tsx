import { Match, Show, Switch } from 'solid-js'
import { createJob } from '../tracker/create-job.ts'
import { useTracker } from '../tracker/tracker.ts'
import { OWN_DATABASE } from '../../protocol/database-id.ts'
import type { ExportedFile } from '../../protocol/files-api.ts'
import { Button } from '../../widgets/button.tsx'
import { Dialog } from '../../widgets/dialog.tsx'
import { formatBytes, formatCount, formatPlural } from '../../widgets/number-format.ts'
import { ProgressBar } from '../../widgets/progress-bar.tsx'
import { downloadFile } from '../shell/download.ts'
import './backup-dialog.css'

interface BackupDialogProps {
  /** Nothing to back up yet. */
  readonly isEmpty: boolean
  /** Lets the user choose a backup, which is then opened. */
  onRestore(): void
  onClose(): void
}

/** Everything as one file, and back. */
export function BackupDialog(props: BackupDialogProps) {
  const tracker = useTracker()
  const job = createJob<ExportedFile>(tracker)
  const { working, done, failed } = job

  async function backUp(): Promise<void> {
    const outcome = await job.start((jobId) =>
      tracker.api.exportFile({
        jobId,
        database: OWN_DATABASE,
        experimentId: null,
        runIds: null,
        format: 'db',
      }),
    )
    if (outcome.ok) downloadFile(outcome.value.file, outcome.value.fileName)
  }

  function progressWords(): string {
    const progress = working()?.progress
    if (progress === undefined || progress === null) return 'Reading everything'
    const size = (amount: number): string =>
      progress.unit === 'bytes' ? formatBytes(amount) : `${formatCount(amount)} points`
    return `${size(progress.done)} of ${size(progress.total)}`
  }

  return (
    <Dialog title="Backup" onClose={() => props.onClose()}>
      <Switch>
        <Match when={done()}>
          {(file) => (
            <>
              <p role="status">
                <strong>{file().fileName}</strong> holds {formatPlural(file().runs, 'run')} with{' '}
                {formatPlural(file().points, 'point')} ({formatBytes(file().file.size)}).
              </p>
              <p class="backup-words">Keep it somewhere else than on this device.</p>
              <div class="dialog-foot">
                <Button look="quiet" onClick={() => downloadFile(file().file, file().fileName)}>
                  Download again
                </Button>
                <Button look="primary" onClick={() => props.onClose()}>
                  Done
                </Button>
              </div>
            </>
          )}
        </Match>
        <Match when={working()}>
          {(state) => (
            <>
              <p class="backup-progress">{progressWords()}</p>
              <ProgressBar
                label="Backup"
                done={state().progress?.done ?? 0}
                total={state().progress?.total ?? 0}
              />
              <div class="dialog-foot">
                <Button onClick={job.cancel} disabled={state().cancelling}>
                  {state().cancelling ? 'Cancelling' : 'Cancel'}
                </Button>
              </div>
            </>
          )}
        </Match>
        <Match when={true}>
          <section class="backup-part">
            <h3>Back up everything</h3>
            <p class="backup-words">
              One .db file of all experiments: every run, point, array and artifact. What is in the bin is not
              in it.
            </p>
            <Button look="primary" disabled={props.isEmpty} onClick={() => void backUp()}>
              Back up everything
            </Button>
          </section>
          <section class="backup-part">
            <h3>Restore a backup</h3>
            <p class="backup-words">
              Choose a backup to look at it. Keep then copies its runs to this device; runs that are here
              already stay as they are.
            </p>
            <Button
              onClick={() => {
                props.onClose()
                props.onRestore()
              }}
            >
              Choose a backup
            </Button>
          </section>
          <Show when={failed()}>
            {(error) => (
              <p class="dialog-problem" role="alert">
                {error().message}
              </p>
            )}
          </Show>
        </Match>
      </Switch>
    </Dialog>
  )
}
