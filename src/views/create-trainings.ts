import { createContext, createSignal, useContext, type Accessor } from 'solid-js'
import { startDemo, type Demo } from '../demo/demos.ts'
import type { ToastState } from '../state/create-toasts.ts'

/** A demo training that runs in this tab. */
export interface Training {
  readonly demo: Demo
  readonly startedAt: number
  readonly stopping: Accessor<boolean>
  stop(): void
}

export interface TrainingsState {
  readonly running: Accessor<readonly Training[]>
  /** Starts a training unless the same one runs already. */
  start(demo: Demo): void
}

export function createTrainings(toasts: ToastState, onStart: (startedAt: number) => void): TrainingsState {
  const [running, setRunning] = createSignal<readonly Training[]>([])

  return {
    running,
    start(demo) {
      if (running().some((training) => training.demo.id === demo.id)) return
      const startedAt = Date.now()
      const [stopping, setStopping] = createSignal(false)
      const started = startDemo(demo.id)
      const training: Training = {
        demo,
        startedAt,
        stopping,
        stop() {
          setStopping(true)
          started.stop()
        },
      }
      setRunning((all) => [...all, training])
      onStart(startedAt)
      started.done
        .catch((error: unknown) => {
          toasts.complain(`${demo.title} stopped: ${error instanceof Error ? error.message : String(error)}`)
        })
        .finally(() => setRunning((all) => all.filter((other) => other !== training)))
    },
  }
}

export const TrainingsContext = createContext<TrainingsState>()

export function useTrainings(): TrainingsState {
  const trainings = useContext(TrainingsContext)
  if (trainings === undefined) throw new Error('useTrainings outside of <TrainingsContext.Provider>')
  return trainings
}
