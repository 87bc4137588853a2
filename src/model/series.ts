import { INTEGER, NUMBER, REAL, since, STEP, type RowOf } from './column.ts'
import type { RunId } from './units.ts'

/** What is known of the points of a series without reading them. */
export const STATISTICS = {
  count: INTEGER,
  firstStep: STEP,
  lastStep: STEP,
  minStep: STEP,
  maxStep: STEP,
  /** How often a step was lower than the one before it: 0 where steps never start over. */
  backSteps: since(10, INTEGER),
  firstTime: REAL,
  lastTime: REAL,
  /** The first and the last logged value, whatever it is. */
  first: NUMBER,
  last: NUMBER,
  /** These are over finite values, and NaN where there is none. */
  min: NUMBER,
  max: NUMBER,
  mean: NUMBER,
  /** The population's standard deviation. */
  std: since(8, NUMBER),
  nanCount: INTEGER,
  posInfCount: INTEGER,
  negInfCount: INTEGER,
} as const

export type Statistic = keyof typeof STATISTICS

export const STATISTIC_NAMES = Object.keys(STATISTICS) as readonly Statistic[]

/** A value for each of them. Cost: one object; there may be a hundred thousand. */
export function eachStatistic<T>(read: (statistic: Statistic) => T): Record<Statistic, T> {
  const values: Partial<Record<Statistic, T>> = {}
  for (const statistic of STATISTIC_NAMES) values[statistic] = read(statistic)
  return values as Record<Statistic, T>
}

/** Everything known of one metric of one run without reading its points. */
export interface SeriesSummary extends RowOf<typeof STATISTICS> {
  readonly runId: RunId
  readonly key: string
}
