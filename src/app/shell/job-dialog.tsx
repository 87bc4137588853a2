import { Match, Show, Switch, type JSX } from 'solid-js'
import type { Job, JobProgress, Working } from '../tracker/create-job.ts'
import { Button } from '../../widgets/button.tsx'
import { Dialog, DialogFoot, DialogProblem } from '../../widgets/dialog.tsx'
import { ProgressBar } from '../../widgets/progress-bar.tsx'
import './job-dialog.css'

/** How a job that runs is called, and ended before its time. */
export interface JobWords {
  readonly label: string
  readonly stop: 'Cancel' | 'Stop'
  progress(progress: JobProgress | null): JSX.Element
}

interface JobDialogProps<T> {
  readonly title: string
  readonly job: Job<T>
  readonly words: JobWords
  /** What is asked before it starts, and once more after it failed. */
  readonly children: JSX.Element
  /** The buttons under it. */
  readonly actions?: JSX.Element
  /** What came of it. */
  done(value: () => T): JSX.Element
  /** Buttons beside Done. */
  more?(value: () => T): JSX.Element
  onClose(): void
}

const STOPPING = { Cancel: 'Cancelling', Stop: 'Stopping' } as const

/** A dialog that asks, works and tells what came of it. */
export function JobDialog<T>(props: JobDialogProps<T>) {
  return (
    <Dialog title={props.title} onClose={() => props.onClose()}>
      <Switch>
        <Match when={props.job.done()}>
          {(value) => (
            <>
              {props.done(value)}
              <DialogFoot>
                {props.more?.(value)}
                <Button look="primary" onClick={() => props.onClose()}>
                  Done
                </Button>
              </DialogFoot>
            </>
          )}
        </Match>
        <Match when={props.job.working()}>
          {(state) => <JobWork state={state()} words={props.words} onStop={props.job.cancel} />}
        </Match>
        <Match when={true}>
          {props.children}
          <Show when={props.job.failed()}>{(error) => <DialogProblem message={error().message} />}</Show>
          <Show when={props.actions}>{(actions) => <DialogFoot>{actions()}</DialogFoot>}</Show>
        </Match>
      </Switch>
    </Dialog>
  )
}

interface JobWorkProps {
  readonly state: Working
  readonly words: JobWords
  onStop(): void
}

/** What a dialog says while its job runs. */
export function JobWork(props: JobWorkProps) {
  return (
    <>
      <p class="job-dialog-progress">{props.words.progress(props.state.progress)}</p>
      <ProgressBar
        label={props.words.label}
        done={props.state.progress?.done ?? 0}
        total={props.state.progress?.total ?? 0}
      />
      <DialogFoot>
        <Button onClick={() => props.onStop()} disabled={props.state.cancelling}>
          {props.state.cancelling ? STOPPING[props.words.stop] : props.words.stop}
        </Button>
      </DialogFoot>
    </>
  )
}
