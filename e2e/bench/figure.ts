/** One measured number and what it should be. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** null: printed for information, nothing is demanded. */
  readonly target: number | null
  readonly better: 'lower' | 'higher'
  readonly ok: boolean | null
}

export interface Measurement {
  /** The browser measured in. */
  readonly version: string
  readonly figures: readonly Figure[]
}

export function atMost(name: string, value: number, target: number, unit: string): Figure {
  return { name, value, unit, target, better: 'lower', ok: value <= target }
}

export function atLeast(name: string, value: number, target: number, unit: string): Figure {
  return { name, value, unit, target, better: 'higher', ok: value >= target }
}

export function forInformation(name: string, value: number, unit: string): Figure {
  return { name, value, unit, target: null, better: 'lower', ok: null }
}

/** The p-th quantile (0 … 1) by nearest rank. Errors: throws on an empty sample. */
export function quantile(sample: readonly number[], p: number): number {
  const sorted = sample.toSorted((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))]
  if (value === undefined) throw new Error('a quantile of nothing')
  return value
}
