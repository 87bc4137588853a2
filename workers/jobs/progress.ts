/** A job's way to say how far it is, let other work run, and hear that it should stop. */
export interface Progress {
  /** Resolves after the thread has answered whatever waits. Errors: throws `Cancelled` when the job was cancelled. */
  report(done: number, total: number, unit: 'points' | 'bytes' | 'runs'): Promise<void>
}
