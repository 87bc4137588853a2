import { createSignal, type Accessor } from 'solid-js'
import type { Smoothing, XAxis } from '../../protocol/windows.ts'
import type { Workspace } from '../workspace/create-workspace.ts'
import type { ZoomY } from '../workspace/workspace-view.ts'
import type { XRange } from '../workspace/x-range.ts'

/** What all charts of an experiment share. */
export interface ChartViewState {
  readonly x: Accessor<XAxis>
  /** Another unit of x ends the zoom: its range means nothing there. So does the width of what is smoothed along it. */
  setX(x: XAxis): void
  /** null: everything there is, growing. */
  readonly zoom: Accessor<XRange | null>
  /** `y`: what is chosen of y with it. Left out, what was chosen before stays, and ends with the zoom. */
  setZoom(range: XRange | null, y?: ZoomY): void
  /** Whether anything is zoomed. */
  readonly isZoomed: Accessor<boolean>
  /** What of y is chosen in the chart of a metric; null where all is shown. */
  zoomY(metric: string): ZoomY | null
  /** x under the pointer, in any chart. */
  readonly cursor: Accessor<number | null>
  setCursor(x: number | null): void
  /** What is pointed at, as the id of its lines: a run or a group of runs, in a chart, the list or the table. */
  readonly raised: Accessor<string | null>
  raise(id: string | null): void
  readonly ignoreOutliers: Accessor<boolean>
  setIgnoreOutliers(ignore: boolean): void
  /** Whether what happened to runs is shown. */
  readonly events: Accessor<boolean>
  setEvents(shown: boolean): void
  readonly smoothing: Accessor<Smoothing | null>
  setSmoothing(smoothing: Smoothing | null): void
}

export function createChartView(workspace: Workspace): ChartViewState {
  const x = workspace.pick('x')
  const zoom = workspace.pick('zoom')
  const boxed = workspace.pick('zoomY')
  const [cursor, setCursor] = createSignal<number | null>(null)
  const [raised, raise] = createSignal<string | null>(null)
  return {
    x,
    setX(next) {
      if (isSameX(next, x())) return
      setCursor(null)
      workspace.change('Change x', {
        x: next,
        zoom: null,
        zoomY: null,
        ...(alongTime(next) === alongTime(x()) ? {} : { smoothing: null }),
      })
    },
    zoom,
    setZoom(range, y) {
      const zoomY = y ?? (range === null ? null : boxed())
      const label = range === null && zoomY === null ? 'Reset zoom' : 'Zoom'
      workspace.change(label, { zoom: range, zoomY }, 'zoom')
    },
    isZoomed: () => zoom() !== null || boxed() !== null,
    zoomY: (metric) => (boxed()?.metric === metric ? boxed() : null),
    cursor,
    setCursor,
    raised,
    raise,
    ignoreOutliers: workspace.pick('ignoreOutliers'),
    setIgnoreOutliers: (ignoreOutliers) => workspace.change('Ignore outliers', { ignoreOutliers }),
    events: workspace.pick('events'),
    setEvents: (events) => workspace.change(events ? 'Show events' : 'Hide events', { events }),
    smoothing: workspace.pick('smoothing'),
    setSmoothing: (smoothing) => workspace.change('Smooth', { smoothing }, 'smoothing'),
  }
}

export function isSameX(a: XAxis, b: XAxis): boolean {
  return typeof a === 'object' && typeof b === 'object' ? a.metric === b.metric : a === b
}

/** Whether lines are smoothed along milliseconds; along steps otherwise. */
export function alongTime(x: XAxis): boolean {
  return x === 'time' || x === 'relative'
}
