import type { Direction } from '../../model/experiment.ts'

/** How a number compares with that of the baseline. `ratio`: of the difference to the baseline; null where that is 0. */
export interface Delta {
  readonly difference: number
  readonly ratio: number | null
  /** null where they are equal, or neither way is better. */
  readonly isBetter: boolean | null
}

/** Compares with the baseline. */
export function deltaTo(baseline: number, value: number, direction: Direction): Delta {
  const difference = value - baseline
  return {
    difference,
    ratio: baseline === 0 ? null : difference / Math.abs(baseline),
    isBetter: direction === 'none' || difference === 0 ? null : (direction === 'max') === difference > 0,
  }
}
