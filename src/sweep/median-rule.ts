import type { EarlyStopper } from './early-stopper.ts'

export interface MedianOptions {
  /** No trial is stopped before this step; 0 when left out. */
  readonly warmup?: number
  /** Nor before this many trials have ended; 5 when left out. */
  readonly minTrials?: number
}

/** What a trial reported, in order. Shape: one entry a report in each; `means` are of the losses up to there. */
interface Curve {
  readonly steps: number[]
  readonly means: number[]
  best: number
}

/**
 * Stops a trial whose best value so far is worse than the median of what the ended trials had on average by the same step.
 *
 * Source: Golovin et al., "Google Vizier: A Service for Black-Box Optimization", KDD 2017, section 3.2.2.
 * Cost: of a report O(n log m) for n ended trials of m reports.
 */
export function createMedianRule({ warmup, minTrials }: Required<MedianOptions>): EarlyStopper {
  const running = new Map<number, Curve>()
  const ended: Curve[] = []

  return {
    rule: 'median',
    report(trial, step, loss) {
      const curve = running.get(trial) ?? { steps: [], means: [], best: Infinity }
      running.set(trial, curve)
      addReport(curve, step, loss)
      if (step < warmup || ended.length < minTrials) return null
      const averages = ended.flatMap((other) => averageBy(other, step) ?? [])
      if (averages.length < minTrials) return null
      const median = medianOf(averages)
      if (!(curve.best > median)) return null
      return `stopped at step ${step}: worse than the median of ${averages.length} trials by then`
    },
    end(trial, counts) {
      const curve = running.get(trial)
      running.delete(trial)
      if (counts && curve !== undefined) ended.push(curve)
    },
  }
}

function addReport(curve: Curve, step: number, loss: number): void {
  const count = curve.means.length
  const mean = curve.means[count - 1] ?? 0
  curve.steps.push(step)
  // Once infinite it stays so: half a curve of NaN is not a good one.
  curve.means.push(mean === Infinity || loss === Infinity ? Infinity : mean + (loss - mean) / (count + 1))
  curve.best = Math.min(curve.best, loss)
}

/** The average of what was reported by a step; undefined when that is nothing. */
function averageBy({ steps, means }: Curve, step: number): number | undefined {
  let from = 0
  let to = steps.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((steps[middle] ?? 0) <= step) from = middle + 1
    else to = middle
  }
  return means[from - 1]
}

/** Of an even number of values the larger of the two in the middle, so that nobody is stopped for being between them. */
function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => (a < b ? -1 : 1))[values.length >>> 1] ?? Infinity
}
