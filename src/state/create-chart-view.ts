import { createSignal, type Accessor } from 'solid-js'
import type { PointAxis } from '../protocol/tracker-api.ts'

export interface XRange {
  readonly from: number
  readonly to: number
}

/** What all charts of an experiment share. */
export interface ChartViewState {
  readonly x: Accessor<PointAxis>
  /** Another unit of x ends the zoom: its range means nothing there. */
  setX(x: PointAxis): void
  /** null: everything there is, growing. */
  readonly zoom: Accessor<XRange | null>
  setZoom(range: XRange | null): void
  /** x under the pointer, in any chart. */
  readonly cursor: Accessor<number | null>
  setCursor(x: number | null): void
  readonly ignoreOutliers: Accessor<boolean>
  setIgnoreOutliers(ignore: boolean): void
}

export function createChartView(): ChartViewState {
  const [x, setXAxis] = createSignal<PointAxis>('step')
  const [zoom, setZoom] = createSignal<XRange | null>(null)
  const [cursor, setCursor] = createSignal<number | null>(null)
  const [ignoreOutliers, setIgnoreOutliers] = createSignal(false)
  return {
    x,
    setX(next) {
      if (next === x()) return
      setZoom(null)
      setCursor(null)
      setXAxis(next)
    },
    zoom,
    setZoom,
    cursor,
    setCursor,
    ignoreOutliers,
    setIgnoreOutliers,
  }
}
