import type { Objective } from '../../src/sweep/sweep.ts'

export interface BowlParams {
  readonly lr: number
  readonly seed: number
  readonly steps: number
  readonly paceMs: number
}

/** A stand-in for a training: best at a learning rate of 0.01, whatever the seed. */
export const trainBowl: Objective<BowlParams> = async ({ lr, steps, paceMs }, { report, run, signal }) => {
  const target = (Math.log10(lr) + 2) ** 2
  for (let step = 1; step <= steps && !signal.aborted; step += 1) {
    run.log({ 'train/noise': Math.sin(step) }, { step })
    report(target + (steps - step) / steps, step)
    await new Promise((resolve) => setTimeout(resolve, paceMs))
  }
}

/** Objectives that do what objectives should not. */
export const BAD_OBJECTIVES = {
  nan: () => Number.NaN,
  throws: () => {
    throw new Error('<img src=x onerror=alert(1)>')
  },
  silent: () => undefined,
  good: () => 1,
} satisfies Record<string, () => unknown>
