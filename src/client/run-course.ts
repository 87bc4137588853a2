import type { UnixMs } from '../model/units.ts'

/** Whether a run goes on, as others asked of it: paused, by single steps, or until it stops. */
export interface RunCourse {
  readonly state: 'running' | 'paused' | 'stopping'
  pause(): void
  /** Also at the end of the run. */
  resume(): void
  /** false while it is not paused. */
  allowStep(): boolean
  /** false when it was told before. */
  stop(text: string): boolean
  /** Whether its barrier lets it pass; while it is paused, that takes one of the steps it was allowed. */
  passes(): boolean
}

/** `note` says what happened; with a time, that it lasted from then to now. */
export function createCourse(note: (text: string, from?: UnixMs) => void): RunCourse {
  let pausedAt: UnixMs | null = null
  let stepsAllowed = 0
  let isStopping = false

  function resume(): void {
    if (pausedAt !== null) note('paused by hand', pausedAt)
    pausedAt = null
    stepsAllowed = 0
  }

  return {
    get state() {
      return isStopping ? 'stopping' : pausedAt === null ? 'running' : 'paused'
    },
    pause() {
      if (isStopping || pausedAt !== null) return
      // Written at once as well: a tab may be closed while its training is paused.
      note('pause asked')
      pausedAt = Date.now()
    },
    resume,
    allowStep() {
      if (pausedAt === null) return false
      note('one step asked')
      stepsAllowed += 1
      return true
    },
    stop(text) {
      if (isStopping) return false
      note(text)
      isStopping = true
      resume()
      return true
    },
    passes() {
      if (pausedAt === null) return true
      if (stepsAllowed === 0) return false
      stepsAllowed -= 1
      return true
    },
  }
}
