import { createContext, createSignal, useContext, type Accessor } from 'solid-js'
import { startDemo, type Demo } from '../demo/demos.ts'
import type { ToastState } from '../state/create-toasts.ts'

/** A demo training that runs in this tab. */
export interface RunningTraining {
  readonly demo: Demo
  readonly startedAt: number
  readonly stopping: Accessor<boolean>
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

  return {
    running,
    start(demo) {
      if (running().some((training) => training.demo.id === demo.id)) return
      const startedAt = Date.now()
      const [stopping, setStopping] = createSignal(false)
      const started = startDemo(demo.id)
      const training: RunningTraining = {
        demo,
        startedAt,
        stopping,
        stop() {
          setStopping(true)
          started.stop()
        },
      }
      setRunning((all) => [...all, training])
      onStart(demo, startedAt)
      void started.done.then((outcome) => {
        if (!outcome.ok) toasts.complain(outcome.error)
        setRunning((all) => all.filter((other) => other !== training))
      })
    },
  }
}

export const TrainingsContext = createContext<TrainingsState>()

export function useTrainings(): TrainingsState {
  const trainings = useContext(TrainingsContext)
  if (trainings === undefined) throw new Error('useTrainings outside of <TrainingsContext.Provider>')
  return trainings
}
