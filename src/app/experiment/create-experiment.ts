import type { Accessor } from 'solid-js'
import type { ExperimentId, RunId } from '../../model/units.ts'
import { commitChanges, parseChanges } from './commit-changes.ts'
import { createArrangement } from './create-arrangement.ts'
import { createCharts } from './create-charts.ts'
import { createChartView } from './create-chart-view.ts'
import { createControl } from './create-control.ts'
import { rememberHistory } from '../shell/remembered-history.ts'
import { createMedia } from './create-media.ts'
import { createPins } from './create-pins.ts'
import { createRanking } from './create-ranking.ts'
import { createRunColumns } from './create-run-columns.ts'
import { createRunLooks } from './create-run-looks.ts'
import { createRunEvents, eventfulRuns } from './create-run-events.ts'
import { createRunTotals } from './create-run-totals.ts'
import { createRuns } from './create-runs.ts'
import { createSeries } from './create-series.ts'
import { useToasts } from '../shell/create-toasts.ts'
import { createSweepAim } from './sweep-aim.ts'
import { createVisibility } from './create-visibility.ts'
import { parseOperand } from '../workspace/operands.ts'
import { createWorkspace } from '../workspace/create-workspace.ts'
import { rememberView } from '../workspace/remembered-view.ts'
import { useTracker } from '../tracker/tracker.ts'
import { OWN_DATABASE, type DatabaseId } from '../../protocol/database-id.ts'
import type { ExperimentState } from './experiment-context.ts'

interface ExperimentPlace {
  readonly database: DatabaseId
  readonly experimentId: ExperimentId
  /** The arrangement a link asks for; empty for the last one. */
  readonly link: string
  readonly selected: Accessor<RunId | null>
  onView(view: string): void
  select(runId: RunId | null): void
  share(runIds: readonly RunId[]): void
  openAlerts(): void
}

/** Everything the parts of one experiment's screen share. */
export function createExperiment(place: ExperimentPlace): ExperimentState {
  const tracker = useTracker()
  const toasts = useToasts()
  const { database, experimentId, selected, select, share, openAlerts } = place
  const history = rememberHistory(`${database}:${experimentId}`)
  history.serve('commit', (what) => void commitChanges(tracker, toasts, parseChanges(what)))
  const workspace = createWorkspace(rememberView(experimentId, place.link, place.onView), history)
  const runs = createRuns(tracker, database, experimentId, workspace.pick('filter'))
  const series = createSeries(tracker, database, experimentId)
  const aim = createSweepAim(tracker, database, experimentId)
  const arrangement = createArrangement(tracker, database, experimentId, history, aim, toasts.complain)
  const pins = createPins(workspace)
  const visibility = createVisibility(() => pins.first(runs.runs() ?? [], ({ id }) => id), workspace)
  const charts = workspace.pick('charts')
  const columns = createRunColumns(tracker, database, experimentId, runs.matched, () => {
    const { groupBy, colorBy, dashBy, splitBy, own } = charts()
    const drawn = own.filter(({ kind }) => kind === 'bars' || kind === 'scatter')
    return [
      ...groupBy,
      ...[colorBy, dashBy, splitBy].filter((name) => name !== null),
      // Metrics are told by their summaries, which follow what is logged.
      ...drawn.flatMap(({ shows }) => shows.filter((by) => parseOperand(by)?.from !== 'metric')),
    ]
  })
  const view = createChartView(workspace)
  const events = createRunEvents(tracker, database, () =>
    view.events() ? eventfulRuns(visibility.visible(), selected()) : [],
  )
  return {
    database,
    experimentId,
    readOnly: database !== OWN_DATABASE,
    workspace,
    arrangement,
    ranking: createRanking(workspace, runs, series, arrangement, pins, aim),
    pins,
    charts: createCharts(workspace, series.keys),
    runs,
    totals: createRunTotals(tracker, database, experimentId),
    columns,
    looks: createRunLooks(runs, visibility, columns, charts),
    series,
    media: createMedia(tracker, database, experimentId),
    visibility,
    control: createControl(toasts),
    view,
    events,
    selected,
    select,
    pick(id) {
      if (runs.label(id) !== undefined) select(id)
    },
    share,
    openAlerts,
  }
}
