import { createContext, useContext, type Accessor } from 'solid-js'
import type { ExperimentId, RunId } from '../../model/units.ts'
import type { ArrangementState } from './create-arrangement.ts'
import type { ControlState } from './create-control.ts'
import type { ChartsState } from './create-charts.ts'
import type { PinsState } from './create-pins.ts'
import type { RankingState } from './create-ranking.ts'
import type { RunColumnsByName } from './create-run-columns.ts'
import type { LooksState } from './create-run-looks.ts'
import type { ChartViewState } from './create-chart-view.ts'
import type { MediaState } from './create-media.ts'
import type { RunTotals } from './create-run-totals.ts'
import type { RunsState } from './create-runs.ts'
import type { SeriesState } from './create-series.ts'
import type { VisibilityState } from './create-visibility.ts'
import type { Workspace } from '../workspace/create-workspace.ts'
import type { EventColumns } from '../../protocol/run-events.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'

/** What the parts of one experiment's screen share. */
export interface ExperimentState {
  readonly database: DatabaseId
  readonly experimentId: ExperimentId
  /** Opened files are looked at, not changed. */
  readonly readOnly: boolean
  /** What the user arranged, and its history. */
  readonly workspace: Workspace
  readonly arrangement: ArrangementState
  readonly ranking: RankingState
  readonly pins: PinsState
  readonly charts: ChartsState
  readonly runs: RunsState
  /** How many runs there are, whatever is filtered. */
  readonly totals: Accessor<RunTotals | undefined>
  /** What runs have of the things lines are told apart by. */
  readonly columns: Accessor<RunColumnsByName>
  readonly looks: LooksState
  readonly series: SeriesState
  readonly media: MediaState
  readonly visibility: VisibilityState
  /** What can be asked of runs that run. */
  readonly control: ControlState
  readonly view: ChartViewState
  /** What happened to the drawn runs, as far as charts show it. */
  readonly events: Accessor<EventColumns | undefined>
  readonly selected: Accessor<RunId | null>
  select(runId: RunId | null): void
  /** Selects the run that a line or a bar is of; a group is no run. */
  pick(id: string): void
  /** Offers to leave with these runs as one file. */
  share(runIds: readonly RunId[]): void
  /** Offers what is watched in runs. */
  openAlerts(): void
}

export const ExperimentContext = createContext<ExperimentState>()

export function useExperiment(): ExperimentState {
  const experiment = useContext(ExperimentContext)
  if (experiment === undefined) throw new Error('useExperiment outside of <ExperimentContext.Provider>')
  return experiment
}
