import { createMemo, For } from 'solid-js'
import type { Artifact } from '../../model/artifact.ts'
import type { EraseArtifactsReceipt } from '../../protocol/artifacts-api.ts'
import { roomOf } from './artifact-room.ts'
import { createJob } from '../tracker/create-job.ts'
import { useTracker } from '../tracker/tracker.ts'
import { Button } from '../../widgets/button.tsx'
import { formatBytes, formatPlural } from '../../widgets/number-format.ts'
import { JobDialog, type JobWords } from '../shell/job-dialog.tsx'
import { useArtifacts } from './artifact-context.ts'
import { keptWords, versionsWords } from './erase-words.ts'

interface EraseDialogProps {
  readonly artifacts: readonly Artifact[]
  onClose(): void
}

/** Gives up the bytes of versions for good, once that was said. */
export function EraseDialog(props: EraseDialogProps) {
  const { all, isHeld } = useArtifacts()
  const tracker = useTracker()
  const job = createJob<EraseArtifactsReceipt>(tracker)
  // As it was asked: what is given up leaves the list while the dialog is open.
  const { artifacts } = props
  const room = createMemo(() => roomOf(all(), new Set(artifacts.map(({ id }) => id))))
  const asked = room()
  const makers = new Set(artifacts.map(({ runId }) => runId)).size
  const warnings = keptWords(artifacts, isHeld)

  function erase(): void {
    const artifactIds = artifacts.map(({ id }) => id)
    void job.start((jobId) => tracker.api.eraseArtifacts({ jobId, artifactIds }))
  }

  const words: JobWords = {
    label: 'Making room',
    stop: 'Stop',
    progress: () => `Giving up ${formatPlural(artifacts.length, 'version')} and making room`,
  }

  return (
    <JobDialog
      title="Free the room of artifacts"
      job={job}
      words={words}
      onClose={() => props.onClose()}
      done={(receipt) => (
        <p role="status">
          {formatPlural(receipt().erased, 'version was', 'versions were')} given up,{' '}
          {formatBytes(receipt().freedBytes)} freed.
        </p>
      )}
      actions={
        <>
          <Button look="quiet" onClick={() => props.onClose()}>
            Keep them
          </Button>
          <Button look="danger" onClick={erase}>
            Give them up
          </Button>
        </>
      }
    >
      <p>
        Give up the bytes of {formatPlural(artifacts.length, 'version')} for good? That frees about{' '}
        {formatBytes(asked)}. What is known of them stays, and it cannot be undone.
      </p>
      <p>
        {versionsWords(artifacts)}, made by {formatPlural(makers, 'run')}.
      </p>
      <For each={warnings}>{(words) => <p>{words}</p>}</For>
    </JobDialog>
  )
}
