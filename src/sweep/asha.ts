import type { EarlyStopper } from './early-stopper.ts'

export interface AshaOptions {
  /** The first rung: no trial is stopped before this step; 1 when left out. Every further rung is `eta` times as far. */
  readonly minStep?: number
  /** One of this many trials goes on from each rung; 3 when left out. */
  readonly eta?: number
}

/**
 * Asynchronous successive halving: at the steps `minStep`, `minStep` × `eta`, `minStep` × `eta`², … only the best one of
 * `eta` trials that came so far goes on. Nobody waits for others: a trial is judged against those that were there before it.
 *
 * Source: Li et al., "A System for Massively Parallel Hyperparameter Tuning", MLSys 2020, in the form that stops trials
 * instead of pausing them. Cost: of a report at a rung O(n) for n trials that came there.
 */
export function createAsha({ minStep, eta }: Required<AshaOptions>): EarlyStopper {
  /** By number of the rung: the losses of the trials that came there, the best first. */
  const rungs: number[][] = []
  /** The next rung of each trial. */
  const nextRung = new Map<number, number>()

  return {
    rule: 'asha',
    report(trial, step, loss) {
      let number = nextRung.get(trial) ?? 0
      let words: string | null = null
      // A trial that reports rarely passes several rungs at once.
      for (let at = minStep * eta ** number; step >= at && words === null; at = minStep * eta ** number) {
        const rung = (rungs[number] ??= [])
        words = judge(rung, loss, step)
        number += 1
      }
      nextRung.set(trial, number)
      return words
    },
    end(trial) {
      nextRung.delete(trial)
    },
  }

  function judge(rung: number[], loss: number, step: number): string | null {
    const better = rung.filter((other) => other <= loss).length
    rung.splice(better, 0, loss)
    // With fewer than that there is no best of `eta` yet.
    if (rung.length < eta) return null
    const goOn = Math.floor(rung.length / eta)
    if (better < goOn && loss < Infinity) return null
    return `stopped at step ${step}: place ${better + 1} of ${rung.length} trials there, of which ${goOn} may go on`
  }
}
