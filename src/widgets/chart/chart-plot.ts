import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { ChartRange } from './chart-line.ts'
import { partToPlace, placeToPart } from '../ticks/axis-places.ts'
import type { PlotArea } from './plot-area.ts'
import { xAxis, yAxis, type AxisSource } from './chart-axis.ts'

/** What the plot asks for at every draw. */
export interface PlotSource extends AxisSource {
  paint(context: CanvasRenderingContext2D, area: PlotArea): void
  /** The pointer moved over the plot: its place in the units of x and y, and in CSS pixels from the edges of the plot. */
  onPoint(x: number, y: number, left: number, top: number): void
  onSelect(box: PlotBox): void
  onReset(): void
  /** The plot was clicked, once. */
  onClick(): void
}

/** What was chosen by dragging: one that was left as it is is undefined. */
export interface PlotBox {
  readonly x?: ChartRange
  readonly y?: readonly [number, number]
}

export interface Plot {
  readonly chart: UPlot
  area(): PlotArea
  /** Places of the axes at a place of the plot, and back. Unit: CSS pixels from its left and upper edge. */
  xAt(left: number): number
  yAt(top: number): number
  leftOf(x: number): number
  redraw(): void
  resize(width: number, height: number): void
  [Symbol.dispose](): void
}

/** A drag shorter than this is a click. Unit: CSS pixels. */
const MIN_DRAG = 5
/** A drag chooses a range of both axes where it is at least as long along either. Unit: CSS pixels. */
const MIN_BOX = 24
/** A click counts when no second one has followed for as long. Unit: milliseconds. */
const CLICK_PAUSE_MS = 250

/**
 * uPlot for axes, cursor and selection. The curves are painted by us in its draw hook, each from its own columns:
 * joining the x of many runs into one table would cost runs × places, and uPlot never needs to see them. Nor does it see
 * the numbers along the axes: its scales are 0 … 1, because it cannot tell very near ones apart nor count very large ones.
 */
export function makePlot(host: HTMLElement, width: number, height: number, source: PlotSource): Plot {
  const chart: UPlot = new UPlot(
    {
      width,
      height,
      padding: [8, 20, 0, 0],
      legend: { show: false },
      cursor: {
        x: false,
        y: false,
        points: { show: false },
        drag: { x: true, y: true, uni: MIN_BOX, setScale: false, dist: MIN_DRAG },
        bind: {
          dblclick: () => () => {
            source.onReset()
            return null
          },
        },
      },
      scales: {
        x: {
          time: false,
          range: () => [0, 1],
        },
        y: { range: () => [0, 1] },
      },
      series: [{}, { stroke: 'transparent', points: { show: false }, paths: () => null }],
      axes: [xAxis(source), yAxis(source)],
      hooks: {
        draw: [(drawn) => source.paint(drawn.ctx, areaOf(drawn))],
        setCursor: [point],
        setSelect: [select],
      },
    },
    [
      [0, 1],
      [0, 1],
    ],
    host,
  )

  function point({ cursor }: UPlot): void {
    const { left = -1, top = -1 } = cursor
    if (left >= 0 && top >= 0) source.onPoint(xAt(left), yAt(top), left, top)
  }

  function select(selected: UPlot): void {
    const { left, top, width: across, height: down } = selected.select
    selected.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
    if (Math.max(across, down) < MIN_DRAG) return
    const { clientWidth, clientHeight } = selected.over
    source.onSelect({
      ...(across < clientWidth ? { x: { from: xAt(left), to: xAt(left + across) } } : {}),
      ...(down < clientHeight ? { y: [yAt(top + down), yAt(top)] as const } : {}),
    })
  }

  function xAt(left: number): number {
    const { from, to } = source.range()
    return partToPlace(chart.posToVal(left, 'x'), from, to, source.xScale)
  }

  function yAt(top: number): number {
    const [low, high] = source.y()
    return partToPlace(chart.posToVal(top, 'y'), low, high, source.yScale)
  }

  /** At once, and not in a microtask, so that whoever draws many knows how long each takes. */
  function redraw(): void {
    chart.batch(() => chart.redraw(false, true))
    // The pointer may rest while the axes move under it.
    point(chart)
  }

  function areaOf(drawn: UPlot): PlotArea {
    const { xScale, yScale } = source
    return { ...drawn.bbox, ratio: UPlot.pxRatio, x: source.range(), y: source.y(), xScale, yScale }
  }

  const stopClicks = hearClicks(chart.over, source.onClick)
  redraw()
  return {
    chart,
    area: () => areaOf(chart),
    xAt,
    yAt,
    leftOf: (x) => chart.valToPos(placeToPart(x, source.range().from, source.range().to, source.xScale), 'x'),
    redraw,
    resize: (nextWidth, nextHeight) => chart.setSize({ width: nextWidth, height: nextHeight }),
    [Symbol.dispose]() {
      stopClicks()
      chart.destroy()
    },
  }
}

/** Clicks that are neither the end of a drag nor half of a double-click. Returns how to stop. */
function hearClicks(over: HTMLElement, onClick: () => void): () => void {
  let pressedAt: readonly [number, number] = [0, 0]
  let timer: number | undefined
  over.addEventListener('mousedown', ({ clientX, clientY }) => (pressedAt = [clientX, clientY]))
  over.addEventListener('click', ({ clientX, clientY, detail }) => {
    clearTimeout(timer)
    if (detail > 1 || Math.hypot(clientX - pressedAt[0], clientY - pressedAt[1]) >= MIN_DRAG) return
    timer = window.setTimeout(onClick, CLICK_PAUSE_MS)
  })
  return () => clearTimeout(timer)
}
