import type { Reading, SystemTarget } from './system-options.ts'

const BYTES_PER_MB = 1e6

/** How fast the run goes on, and what of it waits to be stored; the latter of all runs of this page or worker. */
export function makeRates({ lastStep, traffic }: SystemTarget): { take(): Reading } {
  let before = { at: performance.now(), step: lastStep(), ...traffic() }
  return {
    take() {
      const now = { at: performance.now(), step: lastStep(), ...traffic() }
      const seconds = (now.at - before.at) / 1_000
      const steps = now.step === null || before.step === null ? Number.NaN : now.step - before.step
      const reading = {
        // Steps that start over say nothing of speed.
        steps_per_s: steps < 0 ? undefined : steps / seconds,
        points_per_s: (now.points - before.points) / seconds,
        queue_batches: now.waiting,
        sent_mb: now.bytes / BYTES_PER_MB,
      }
      before = now
      return reading
    },
  }
}
