import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { ChartColors } from '../chart-colors.ts'
import type { ChartRange, XKind } from './chart-line.ts'
import { logTicks } from '../log-ticks.ts'
import type { PlotArea, Scale } from './plot-area.ts'
import { formatTick } from '../number-format.ts'
import { formatClock, formatElapsed, TIME_INCREMENTS, zoneOffsetAt } from '../time-format.ts'

/** What the plot asks for at every draw. */
export interface PlotSource {
  colors(): ChartColors
  xKind(): XKind
  /** No tick of steps between two whole ones. */
  hasWholeSteps(): boolean
  range(): ChartRange
  y(): readonly [number, number]
  /** As long as the plot lives. */
  readonly xScale: Scale
  readonly yScale: Scale
  paint(context: CanvasRenderingContext2D, area: PlotArea): void
  /** The pointer moved over the plot: its place in the units of x and y. */
  onPoint(x: number, y: number): void
  onSelect(range: ChartRange): void
  onReset(): void
}

export interface Plot {
  readonly chart: UPlot
  area(): PlotArea
  redraw(): void
  resize(width: number, height: number): void
  [Symbol.dispose](): void
}

/** The least room of a tick with its label. Unit: CSS pixels. */
const X_TICK_SPACE = 64
const Y_TICK_SPACE = 30
/** Source: uPlot's `Scale.Distr`. */
const LINEAR_DISTRIBUTION = 1
const LOG_DISTRIBUTION = 3
const AXIS_FONT = "11px 'Inter Variable', system-ui, sans-serif"
const MIN_Y_AXIS = 48
const X_AXIS_HEIGHT = 26
/** A drag shorter than this is a click. Unit: CSS pixels. */
const MIN_DRAG = 5

/**
 * uPlot for axes, scales, cursor and selection. The curves are painted by us in its draw hook, each from its own
 * columns: joining the x of many runs into one table would cost runs × places, and uPlot never needs to see them.
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
        drag: { x: true, y: false, setScale: false, dist: MIN_DRAG },
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
          distr: distributionOf(source.xScale),
          range: () => [source.range().from, source.range().to],
        },
        y: { distr: distributionOf(source.yScale), range: () => [source.y()[0], source.y()[1]] },
      },
      series: [{}, { stroke: 'transparent', points: { show: false }, paths: () => null }],
      axes: [xAxis(source), yAxis(source)],
      hooks: {
        draw: [(drawn) => source.paint(drawn.ctx, areaOf(drawn))],
        setCursor: [
          (moved) => {
            const { left = -1, top = -1 } = moved.cursor
            if (left >= 0 && top >= 0) source.onPoint(moved.posToVal(left, 'x'), moved.posToVal(top, 'y'))
          },
        ],
        setSelect: [
          (selected) => {
            const { left, width: selectedWidth } = selected.select
            selected.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
            if (selectedWidth < MIN_DRAG) return
            source.onSelect({
              from: selected.posToVal(left, 'x'),
              to: selected.posToVal(left + selectedWidth, 'x'),
            })
          },
        ],
      },
    },
    undefined,
    host,
  )

  /** At once, and not in a microtask, so that whoever draws many knows how long each takes. */
  function redraw(): void {
    const { from, to } = source.range()
    const [low, high] = source.y()
    const corners: UPlot.AlignedData = [
      [from, to],
      [low, high],
    ]
    chart.batch(() => chart.setData(corners))
  }

  function areaOf(drawn: UPlot): PlotArea {
    const { xScale, yScale } = source
    return { ...drawn.bbox, ratio: UPlot.pxRatio, x: source.range(), y: source.y(), xScale, yScale }
  }

  redraw()
  return {
    chart,
    area: () => areaOf(chart),
    redraw,
    resize: (nextWidth, nextHeight) => chart.setSize({ width: nextWidth, height: nextHeight }),
    [Symbol.dispose]: () => chart.destroy(),
  }
}

function xAxis(source: PlotSource): UPlot.Axis {
  const isTime = (): boolean => source.xKind() === 'relative' || source.xKind() === 'time'
  return {
    ...axisStyle(source),
    size: X_AXIS_HEIGHT,
    gap: 6,
    space: X_TICK_SPACE,
    grid: { show: false },
    incrs: (_chart, _axis, min, max) =>
      isTime() ? timeIncrements(max - min) : incrementsOf(source, max - min),
    splits: (chart, _axis, min, max, increment) =>
      source.xScale === 'log'
        ? [...logTicks(min, max, ticksOf(chart.bbox.width, X_TICK_SPACE))]
        : multiples(min, max, increment, zoneOffset(source.xKind(), min)),
    values: (_chart, splits, _axis, _space, increment) =>
      splits.map((split) => formatX(split, source.xScale === 'log' ? split : increment, source.xKind())),
  }
}

function yAxis(source: PlotSource): UPlot.Axis {
  return {
    ...axisStyle(source),
    gap: 6,
    space: Y_TICK_SPACE,
    size: (_chart, values) => {
      const longest = Math.max(0, ...(values ?? []).map((value) => value.length))
      return Math.max(MIN_Y_AXIS, Math.ceil((longest * 6.6 + 8) / 8) * 8)
    },
    grid: { width: 1, stroke: () => source.colors().grid },
    ...(source.yScale === 'log'
      ? {
          splits: (chart, _axis, min, max) => [
            ...logTicks(min, max, ticksOf(chart.bbox.height, Y_TICK_SPACE)),
          ],
        }
      : {}),
    values: (_chart, splits, _axis, _space, increment) =>
      splits.map((split) => formatTick(split, source.yScale === 'log' ? split : increment)),
  }
}

function distributionOf(scale: Scale): UPlot.Scale.Distr {
  return scale === 'log' ? LOG_DISTRIBUTION : LINEAR_DISTRIBUTION
}

/** How many ticks fit along so many pixels of the canvas. */
function ticksOf(length: number, space: number): number {
  return Math.max(2, Math.floor(length / UPlot.pxRatio / space))
}

function axisStyle(source: PlotSource): UPlot.Axis {
  return {
    font: AXIS_FONT,
    // On a log axis uPlot would drop the labels between powers of ten.
    filter: (_chart, splits) => splits,
    stroke: () => source.colors().axis,
    ticks: { show: false },
    border: { show: false },
  }
}

/** A place on the x-axis in words. */
export function formatX(x: number, increment: number, kind: XKind): string {
  switch (kind) {
    case 'step':
    case 'metric':
      return formatTick(x, increment)
    case 'relative':
      return formatElapsed(x, increment)
    case 'time':
      return formatClock(x, increment)
  }
}

function incrementsOf(source: PlotSource, length: number): number[] {
  return source.xKind() === 'step' && source.hasWholeSteps()
    ? wholeIncrements(length)
    : decimalIncrements(length)
}

/** Those people count in; beyond the longest of them powers of ten of it, so that an axis of any length has ticks. */
function timeIncrements(length: number): number[] {
  const increments = [...TIME_INCREMENTS]
  for (let longest = increments.at(-1) ?? 1; longest < length;) increments.push((longest *= 10))
  return increments
}

/** 1, 2 and 5 times the powers of ten below a length. */
function decimalIncrements(length: number): number[] {
  const top = 10 ** Math.floor(Math.log10(length))
  return [1e-4, 1e-3, 1e-2, 1e-1, 1, 10].flatMap((part) => [1, 2, 5].map((times) => times * part * top))
}

/** 1, 2, 5, 10, … up to the length of the range: there is no half step. */
function wholeIncrements(length: number): number[] {
  const increments: number[] = []
  for (let size = 1; size <= Math.max(1, length); size *= 10) increments.push(size, 2 * size, 5 * size)
  return increments
}

/** Days begin at local midnight. */
function zoneOffset(kind: XKind, time: number): number {
  return kind === 'time' ? zoneOffsetAt(time) : 0
}

function multiples(min: number, max: number, increment: number, offset: number): number[] {
  const places: number[] = []
  const first = Math.ceil((min - offset) / increment)
  const last = Math.floor((max - offset) / increment)
  for (let place = first; place <= last; place += 1) places.push(place * increment + offset)
  return places
}
