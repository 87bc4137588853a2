import { createContext, createEffect, createSignal, onCleanup, useContext, type Accessor } from 'solid-js'
import type { Demo, Training } from '../../demo/demos.ts'
import { err } from '../../model/result.ts'
import type { RunId } from '../../model/units.ts'
import type { ToastState } from '../shell/create-toasts.ts'

/** A demo training that runs in this tab. */
export interface RunningTraining {
  readonly demo: Demo
  readonly startedAt: number
  readonly stopping: Accessor<boolean>
  /** How far it is, in words; empty when there is nothing to say but that it runs. */
  readonly progress: Accessor<string>
  /** Its one run, once it began; a sweep has many and this none. */
  readonly runId: Accessor<RunId | null>
  stop(): void
}

export interface TrainingsState {
  readonly running: Accessor<readonly RunningTraining[]>
  /** Starts a training unless the same one runs already. */
  start(demo: Demo): void
}

export function createTrainings(
  toasts: ToastState,
  onStart: (demo: Demo, startedAt: number) => void,
): TrainingsState {
  const [running, setRunning] = createSignal<readonly RunningTraining[]>([])
  createEffect(() => {
    if (running().length === 0) return
    addEventListener('beforeunload', askToStay)
    onCleanup(() => removeEventListener('beforeunload', askToStay))
  })

  return {
    running,
    start(demo) {
      if (running().some((training) => training.demo.id === demo.id)) return
      const startedAt = Date.now()
      const [stopping, setStopping] = createSignal(false)
      const [progress, setProgress] = createSignal('')
      const [runId, setRunId] = createSignal<RunId | null>(null)
      const started = import('../../demo/start-demo.ts').then(
        ({ startDemo }) => startDemo(demo, { progress: setProgress, began: setRunId }),
        () => notLoaded(demo),
      )
      const training: RunningTraining = {
        demo,
        startedAt,
        stopping,
        progress,
        runId,
        stop() {
          setStopping(true)
          void started.then((training) => training.stop())
        },
      }
      setRunning((all) => [...all, training])
      onStart(demo, startedAt)
      void started
        .then(({ done }) => done)
        .then((outcome) => {
          if (!outcome.ok) toasts.complain(outcome.error)
          setRunning((all) => all.filter((other) => other !== training))
        })
    },
  }
}

/** A training ends with its page: the browser asks, in words of its own. */
function askToStay(event: BeforeUnloadEvent): void {
  event.preventDefault()
}

/** What stands for a demo whose code did not come. */
function notLoaded({ title }: Demo): Training {
  const words = `${title} could not start, because its script did not load. Load the page again.`
  return { stop() {}, done: Promise.resolve(err(words)) }
}

export const TrainingsContext = createContext<TrainingsState>()

export function useTrainings(): TrainingsState {
  const trainings = useContext(TrainingsContext)
  if (trainings === undefined) throw new Error('useTrainings outside of <TrainingsContext.Provider>')
  return trainings
}
