import { createJob } from '../tracker/create-job.ts'
import { useTracker } from '../tracker/tracker.ts'
import { OWN_DATABASE } from '../../protocol/database-id.ts'
import type { ExportedFile } from '../../protocol/files-api.ts'
import { Button } from '../../widgets/button.tsx'
import { formatBytes, formatPlural } from '../../widgets/number-format.ts'
import { downloadFile } from '../shell/download.ts'
import { JobDialog, type JobWords } from '../shell/job-dialog.tsx'
import { progressWords } from '../shell/progress-words.ts'
import './backup-dialog.css'

interface BackupDialogProps {
  /** Nothing to back up yet. */
  readonly isEmpty: boolean
  /** Lets the user choose a backup, which is then opened. */
  onRestore(): void
  onClose(): void
}

const WORDS: JobWords = {
  label: 'Backup',
  stop: 'Cancel',
  progress: (progress) => (progress === null ? 'Reading everything' : progressWords(progress)),
}

/** Everything as one file, and back. */
export function BackupDialog(props: BackupDialogProps) {
  const tracker = useTracker()
  const job = createJob<ExportedFile>(tracker)

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

  return (
    <JobDialog
      title="Backup"
      job={job}
      words={WORDS}
      onClose={() => props.onClose()}
      done={(file) => (
        <>
          <p role="status">
            <strong>{file().fileName}</strong> holds {formatPlural(file().runs, 'run')} with{' '}
            {formatPlural(file().points, 'point')} ({formatBytes(file().file.size)}).
          </p>
          <p class="backup-dialog-words">Keep it somewhere else than on this device.</p>
        </>
      )}
      more={(file) => (
        <Button look="quiet" onClick={() => downloadFile(file().file, file().fileName)}>
          Download again
        </Button>
      )}
    >
      <section class="backup-dialog-part">
        <h3>Back up everything</h3>
        <p class="backup-dialog-words">
          One .db file of all experiments: every run, point, array and artifact. What is in the bin is not in
          it.
        </p>
        <Button look="primary" disabled={props.isEmpty} onClick={() => void backUp()}>
          Back up everything
        </Button>
      </section>
      <section class="backup-dialog-part">
        <h3>Restore a backup</h3>
        <p class="backup-dialog-words">
          Choose a backup to look at it. Import then copies its runs to this device; runs that are here
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
    </JobDialog>
  )
}
