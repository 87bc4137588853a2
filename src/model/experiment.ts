import type { AlertRule } from './alert.ts'
import { orMissing, REAL, TEXT, type RowOf } from './column.ts'

/** Which way a metric improves; `none` where neither is better. */
export const DIRECTIONS = ['min', 'max', 'none'] as const
export type Direction = (typeof DIRECTIONS)[number]

/** An arrangement of the workspace by name; `view` is what its link says. */
export interface SavedView {
  readonly name: string
  readonly view: string
}

/** What the user arranged for all who look at an experiment. */
export interface Arrangement {
  readonly views: readonly SavedView[]
  /** By metric, where the user said so. */
  readonly directions: Readonly<Record<string, Direction>>
  readonly alerts: readonly SavedAlert[]
}

/** A rule by its id. */
export interface SavedAlert {
  readonly id: string
  readonly rule: AlertRule
}

export const EXPERIMENT_COLUMNS = {
  id: TEXT,
  name: TEXT,
  notes: orMissing(TEXT, ''),
  createdAt: REAL,
} as const

/** A named group of runs. */
export type Experiment = RowOf<typeof EXPERIMENT_COLUMNS>
