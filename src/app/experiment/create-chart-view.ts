import { createSignal, type Accessor } from 'solid-js'
import type { Smoothing, XAxis } from '../../protocol/windows.ts'
import type { Workspace } from '../workspace/create-workspace.ts'
import type { XRange } from '../workspace/x-range.ts'

/** What all charts of an experiment share. */
export interface ChartViewState {
  readonly x: Accessor<XAxis>
  /** Another unit of x ends the zoom: its range means nothing there. So does the width of what is smoothed along it. */
  setX(x: XAxis): void
  /** null: everything there is, growing. */
  readonly zoom: Accessor<XRange | null>
  setZoom(range: XRange | null): void
  /** x under the pointer, in any chart. */
  readonly cursor: Accessor<number | null>
  setCursor(x: number | null): void
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
  const [cursor, setCursor] = createSignal<number | null>(null)
  return {
    x,
    setX(next) {
      if (isSameX(next, x())) return
      setCursor(null)
      workspace.change('Change x', {
        x: next,
        zoom: null,
        ...(alongTime(next) === alongTime(x()) ? {} : { smoothing: null }),
      })
    },
    zoom: workspace.pick('zoom'),
    setZoom: (zoom) => workspace.change(zoom === null ? 'Reset zoom' : 'Zoom', { zoom }, 'zoom'),
    cursor,
    setCursor,
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
