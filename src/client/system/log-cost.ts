import type { LogOptions, Metrics } from '../metric-log.ts'
import type { LoggingRun, Reading } from './system-options.ts'

/** Every so manieth call is timed: the clock itself costs about as much as a call. */
const SAMPLED_EVERY = 32

/** With fewer timed calls than this the clock, which is as coarse as 0.1 ms, tells nothing. */
const MIN_SAMPLES = 20

/** Times some of the calls of `log`, until it is stopped; only a run that is captured pays for the count. */
export function sampleLogCost(run: LoggingRun): { take(): Reading; stop(): void } {
  const original = run.log
  let calls = 0
  let samples = 0
  let total = 0

  function log(metrics: Metrics, options?: LogOptions): void {
    calls += 1
    if (calls % SAMPLED_EVERY !== 0) {
      original.call(run, metrics, options)
      return
    }
    const start = performance.now()
    original.call(run, metrics, options)
    total += performance.now() - start
    samples += 1
  }
  run.log = log

  return {
    take() {
      // A coarse clock is right in the mean.
      if (samples < MIN_SAMPLES) return {}
      const reading = { log_us: (total / samples) * 1_000 }
      samples = 0
      total = 0
      return reading
    },
    stop() {
      if (run.log === log) run.log = original
    },
  }
}
