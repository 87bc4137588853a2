import type UPlot from 'uplot'
import type { ChartColors } from '../chart-colors.ts'
import { hasFractions, type ChartLine, type ChartRange, type XKind } from './chart-line.ts'
import { placeToPart, type Scale } from '../ticks/axis-places.ts'
import { axisTicks, type TickKind } from '../ticks/axis-ticks.ts'
import type { Tick } from '../ticks/number-ticks.ts'

/** What the axes ask for at every draw. */
export interface AxisSource {
  colors(): ChartColors
  tickKind(): TickKind
  range(): ChartRange
  y(): readonly [number, number]
  /** As long as the plot lives. */
  readonly xScale: Scale
  readonly yScale: Scale
}

/** The least room of a tick with its label. Unit: CSS pixels. */
const X_TICK_SPACE = 72
const Y_TICK_SPACE = 30
/** uPlot shows an axis only where an increment of its own fits, as this one always does. */
const ANY_INCREMENT = 10
const AXIS_FONT = "11px 'Inter Variable', system-ui, sans-serif"
const MIN_Y_AXIS = 48
const X_AXIS_HEIGHT = 26

/** Time, steps or a metric below the plot. */
export function xAxis(source: AxisSource): UPlot.Axis {
  return {
    ...axisStyle(source),
    ...ticksOf(
      X_TICK_SPACE,
      source.xScale,
      (wanted) => {
        const { from, to } = source.range()
        return axisTicks(source.tickKind(), source.xScale === 'log', from, to, wanted)
      },
      () => [source.range().from, source.range().to],
    ),
    size: X_AXIS_HEIGHT,
    gap: 6,
    grid: { show: false },
  }
}

/** Values left of the plot. */
export function yAxis(source: AxisSource): UPlot.Axis {
  return {
    ...axisStyle(source),
    ...ticksOf(
      Y_TICK_SPACE,
      source.yScale,
      (wanted) => axisTicks('number', source.yScale === 'log', ...source.y(), wanted),
      source.y,
    ),
    gap: 6,
    size: (_chart, values) => {
      const longest = Math.max(0, ...(values ?? []).map((value) => value.length))
      return Math.max(MIN_Y_AXIS, Math.ceil((longest * 6.6 + 8) / 8) * 8)
    },
    grid: { width: 1, stroke: () => source.colors().grid },
  }
}

/** Our own ticks, at their parts of an axis. */
function ticksOf(
  space: number,
  scale: Scale,
  read: (wanted: number) => readonly Tick[],
  ends: () => readonly [number, number],
): UPlot.Axis {
  let ticks: readonly Tick[] = []
  return {
    space: 1,
    incrs: [ANY_INCREMENT],
    splits(chart, axis) {
      const { width, height } = chart.bbox
      const length = (axis === 0 ? width : height) / devicePixelRatio
      ticks = read(Math.floor(length / space))
      return ticks.map(({ at }) => placeToPart(at, ...ends(), scale))
    },
    values: () => ticks.map(({ text }) => text),
  }
}

function axisStyle(source: AxisSource): UPlot.Axis {
  return {
    font: AXIS_FONT,
    stroke: () => source.colors().axis,
    ticks: { show: false },
    border: { show: false },
  }
}

/** What the labels of x say: nothing between two steps, unless lines have points there. */
export function tickKindOf(xKind: XKind, lines: readonly Pick<ChartLine, 'raw' | 'x'>[]): TickKind {
  return xKind === 'step' && hasFractions(lines) ? 'number' : TICK_KINDS[xKind]
}

const TICK_KINDS: Readonly<Record<XKind, TickKind>> = {
  step: 'whole',
  metric: 'number',
  relative: 'elapsed',
  time: 'time',
}
