import { createMemo, type Accessor } from 'solid-js'
import type { Direction } from '../../model/experiment.ts'
import type { RunId } from '../../model/units.ts'
import { defaultMetric } from '../workspace/metric-direction.ts'
import type { Workspace } from '../workspace/create-workspace.ts'
import type { RunOrder } from '../workspace/workspace-view.ts'
import type { ArrangementState } from './create-arrangement.ts'
import type { PinsState } from './create-pins.ts'
import type { RunRow, RunsState } from './create-runs.ts'
import type { SeriesState } from './create-series.ts'
import { rankedValue } from './run-words.ts'
import type { SweepAim } from './sweep-aim.ts'

/** How the runs of an experiment are ranked. */
export interface RankingState {
  /** As chosen, else what the latest sweep is after, else the likeliest; null where no metric was logged. */
  readonly metric: Accessor<string | null>
  readonly direction: Accessor<Direction>
  /** The best value of the metric, or its last where no value is better; null where there is none. */
  value(id: RunId): number | null
  /** Ranks by a metric: the best run comes first from then on. */
  choose(metric: string): void
  readonly order: Accessor<RunOrder>
  setOrder(order: RunOrder): void
  /** The runs that match, in that order behind those that are pinned. */
  readonly runs: Accessor<readonly RunRow[]>
}

export function createRanking(
  workspace: Workspace,
  runs: RunsState,
  series: SeriesState,
  arrangement: ArrangementState,
  pins: PinsState,
  aim: Accessor<SweepAim | null>,
): RankingState {
  const chosen = workspace.pick('rank')
  const order = workspace.pick('runOrder')
  const metric = createMemo(() => {
    const keys = series.keys()
    const known = [chosen(), aim()?.metric ?? null].find((key) => key !== null && keys.includes(key))
    return known ?? defaultMetric(keys)
  })
  const direction = createMemo<Direction>(() => {
    const key = metric()
    return key === null ? 'none' : arrangement.directionOf(key)
  })
  const value = (id: RunId): number | null => {
    const key = metric()
    return key === null ? null : rankedValue(series.summary(id, key), direction())
  }
  return {
    metric,
    direction,
    value,
    order,
    choose: (key) => workspace.change(`Rank by ${key}`, { rank: key, runOrder: 'best' }),
    setOrder: (next) =>
      workspace.change(next === 'best' ? 'List the best run first' : 'List the newest run first', {
        runOrder: next,
      }),
    runs: createMemo(() => {
      const rows = runs.runs() ?? []
      const ordered = order() === 'newest' ? rows : bestFirst(rows, ({ id }) => value(id), direction())
      return pins.first(ordered, ({ id }) => id)
    }),
  }
}

/** Best first, the largest where no value is better; then those without a number; those alike stay as they are. */
export function bestFirst<T>(
  rows: readonly T[],
  value: (row: T) => number | null,
  direction: Direction,
): readonly T[] {
  const sign = direction === 'min' ? 1 : -1
  const ranked = rows.map((row) => {
    const known = value(row)
    return { row, value: known === null || Number.isNaN(known) ? Number.POSITIVE_INFINITY : sign * known }
  })
  return ranked.toSorted((a, b) => (a.value === b.value ? 0 : a.value - b.value)).map(({ row }) => row)
}
