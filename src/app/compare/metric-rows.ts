import type { Direction } from '../../model/experiment.ts'
import { bestOf } from '../workspace/metric-direction.ts'

/** One metric of the runs that are compared. Shape: one cell a run, the baseline first. */
export interface MetricRow {
  readonly key: string
  readonly cells: readonly MetricCell[]
}

export interface MetricCell {
  /** null where the run has no such metric. */
  readonly value: number | null
  /** Against the baseline; null of the baseline itself and where there is nothing to subtract. */
  readonly delta: number | null
  /** Part of the baseline's size; null also where that is 0. */
  readonly relative: number | null
  readonly verdict: 'better' | 'worse' | 'same' | null
  readonly isBest: boolean
}

export function metricRow(key: string, values: readonly (number | null)[], direction: Direction): MetricRow {
  const [baseline = null] = values
  const best = direction === 'none' ? null : bestOf(values, direction)
  const isOneBest = best !== null && values.some((value) => value !== null && value !== best)
  return {
    key,
    cells: values.map((value, index) => {
      const delta = index === 0 ? null : difference(value, baseline)
      return {
        value,
        delta,
        relative: delta === null || baseline === null || baseline === 0 ? null : delta / Math.abs(baseline),
        verdict: verdictOf(delta, direction),
        isBest: isOneBest && value === best,
      }
    }),
  }
}

function difference(value: number | null, baseline: number | null): number | null {
  if (value === null || baseline === null) return null
  const delta = value - baseline
  return Number.isFinite(delta) ? delta : null
}

function verdictOf(delta: number | null, direction: Direction): MetricCell['verdict'] {
  if (delta === null || direction === 'none') return null
  if (delta === 0) return 'same'
  return delta < 0 === (direction === 'min') ? 'better' : 'worse'
}
