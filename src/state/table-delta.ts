import type { Direction } from './metric-direction.ts'

/** How a number compares with that of the baseline. `ratio`: of the difference to the baseline; null where that is 0. */
export interface Delta {
  readonly difference: number
  readonly ratio: number | null
  /** null where they are equal, or nobody knows which way is better. */
  readonly isBetter: boolean | null
}

/** Compares with the baseline; `direction`: which way is better, null when nobody knows. */
export function deltaTo(baseline: number, value: number, direction: Direction | null): Delta {
  const difference = value - baseline
  return {
    difference,
    ratio: baseline === 0 ? null : difference / Math.abs(baseline),
    isBetter: direction === null || difference === 0 ? null : (direction === 'max') === difference > 0,
  }
}
