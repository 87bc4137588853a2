import type { Command } from '../shell/create-commands.ts'
import type { ExperimentState } from '../experiment/experiment-context.ts'

/** What the palette can do to all charts, whichever tab is shown. */
export function chartCommands({ charts, view, visibility }: ExperimentState): readonly Command[] {
  return [
    { title: 'Show all runs in charts', group: 'Charts', run: () => visibility.setAll(true) },
    { title: 'Hide all runs', group: 'Charts', run: () => visibility.setAll(false) },
    ...(view.isZoomed() ? [{ title: 'Reset zoom', group: 'Charts', run: () => view.setZoom(null) }] : []),
    { title: 'Close all sections', group: 'Charts', run: () => charts.setAllCollapsed(true) },
    { title: 'Open all sections', group: 'Charts', run: () => charts.setAllCollapsed(false) },
    {
      title: view.ignoreOutliers() ? 'Show outliers' : 'Ignore outliers',
      group: 'Charts',
      run: () => view.setIgnoreOutliers(!view.ignoreOutliers()),
    },
    {
      title: view.events() ? 'Hide events on charts' : 'Show events on charts',
      group: 'Charts',
      run: () => view.setEvents(!view.events()),
    },
    ...(['step', 'relative', 'time'] as const).map((x) => ({
      title: `Use ${{ step: 'the step', relative: 'relative time', time: 'wall time' }[x]} as x`,
      group: 'Charts',
      run: () => view.setX(x),
    })),
  ]
}
