import { createMemo, createSignal, onCleanup, type Accessor } from 'solid-js'
import { createId } from '../../model/units.ts'
import type { Result } from '../../model/result.ts'
import type { TrackerError } from '../../protocol/tracker-error.ts'
import { reportBug } from './report-bug.ts'
import type { Tracker } from './tracker.ts'

export interface JobProgress {
  readonly done: number
  /** 0 while unknown. */
  readonly total: number
  readonly unit: 'points' | 'bytes' | 'runs'
}

type JobState<T> =
  | { readonly phase: 'idle' }
  | { readonly phase: 'working'; readonly progress: JobProgress | null; readonly cancelling: boolean }
  | { readonly phase: 'done'; readonly value: T }
  | { readonly phase: 'failed'; readonly error: TrackerError }

export type Working = Extract<JobState<unknown>, { phase: 'working' }>

/** What became of it is told by the one of `working`, `done` and `failed` that is there; none while it is idle. */
export interface Job<T> {
  readonly working: Accessor<Working | undefined>
  readonly done: Accessor<T | undefined>
  readonly failed: Accessor<TrackerError | undefined>
  start(work: (jobId: string) => Promise<Result<T, TrackerError>>): Promise<Result<T, TrackerError>>
  cancel(): void
  reset(): void
}

/** One long piece of work with progress that can be cancelled: an export, an open, a keep. Leaving cancels it. */
export function createJob<T>(tracker: Tracker): Job<T> {
  const [state, setState] = createSignal<JobState<T>>({ phase: 'idle' })
  const working = createMemo(() => {
    const now = state()
    return now.phase === 'working' ? now : undefined
  })
  const done = createMemo(() => {
    const now = state()
    return now.phase === 'done' ? now.value : undefined
  })
  const failed = createMemo(() => {
    const now = state()
    return now.phase === 'failed' ? now.error : undefined
  })
  let current: string | null = null

  onCleanup(
    tracker.onEvent((event) => {
      if (event.type !== 'jobProgressed' || event.jobId !== current) return
      setState((was) =>
        was.phase === 'working'
          ? { ...was, progress: { done: event.done, total: event.total, unit: event.unit } }
          : was,
      )
    }),
  )

  function cancel(): void {
    if (current === null) return
    setState((was) => (was.phase === 'working' ? { ...was, cancelling: true } : was))
    void tracker.api.cancel(current)
  }
  onCleanup(cancel)

  return {
    working,
    done,
    failed,
    cancel,
    reset: () => setState({ phase: 'idle' }),
    async start(work) {
      cancel()
      const jobId = createId()
      current = jobId
      setState({ phase: 'working', progress: null, cancelling: false })
      const outcome = await work(jobId).catch(reportBug)
      if (current !== jobId) return outcome
      current = null
      if (outcome.ok) setState({ phase: 'done', value: outcome.value })
      else if (outcome.error.code === 'cancelled') setState({ phase: 'idle' })
      else setState({ phase: 'failed', error: outcome.error })
      return outcome
    },
  }
}
