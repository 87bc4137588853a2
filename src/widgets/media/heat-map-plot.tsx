import { createMemo } from 'solid-js'
import type { HeatMapContent } from '../../model/media-content/heat-map-content.ts'
import { useChartColors } from '../chart-colors.ts'
import { digitsWithin, formatValue } from '../number-format.ts'
import { slotScale } from './bars-plot.tsx'
import { coarser } from './coarser.ts'
import { extentOf } from './number-scale.ts'
import { PlotFrame, type PlotRoom } from './plot-frame.tsx'
import { RampLegend } from './ramp-legend.tsx'
import { paintCells, scaleRamp } from './scale-ramp.ts'
import './heat-map-plot.css'

interface HeatMapPlotProps {
  readonly content: HeatMapContent
  readonly label: string
}

/** A table of values as colours, the first row on top. */
export function HeatMapPlot(props: HeatMapPlotProps) {
  const colors = useChartColors()
  const rows = (): number => props.content.rows
  const columns = (): number => props.content.columns
  const x = createMemo(() =>
    slotScale(Array.from({ length: columns() }, (_, column) => nameOf(props.content.xLabels, column))),
  )
  const y = createMemo(() => {
    const names = Array.from({ length: rows() }, (_, row) => nameOf(props.content.yLabels, row))
    const scale = slotScale(names)
    return {
      ...scale,
      toPart: (row: number) => 1 - scale.toPart(row),
      ticks: (count: number) => scale.ticks(count).map(({ part, text }) => ({ part: 1 - part, text })),
    }
  })
  const extent = createMemo(() => extentOf([props.content.values]))
  const picture = createMemo(() => {
    const drawn = coarser(props.content.values, rows(), columns())
    return paintCells(drawn.values, drawn.rows, drawn.columns, extent(), scaleRamp(colors()))
  })
  const paint = createMemo(() => {
    const drawn = picture()
    return (context: CanvasRenderingContext2D, { left, top, width, height }: PlotRoom) => {
      context.imageSmoothingEnabled = drawn.width > width
      context.drawImage(drawn, left, top, width, height)
    }
  })
  const words = (cell: number): string => {
    const [row, column] = [Math.floor(cell / columns()), cell % columns()]
    return `${nameOf(props.content.yLabels, row)}, ${nameOf(props.content.xLabels, column)}: ${formatValue(props.content.values[cell] ?? Number.NaN, digitsWithin(...extent()))}`
  }

  return (
    <div class="heat-map-plot">
      <PlotFrame
        x={x()}
        y={y()}
        xLabel={props.content.xLabel}
        yLabel={props.content.yLabel}
        label={props.label}
        count={rows() * columns()}
        words={words}
        placeOf={(cell, room) => [room.x(cell % columns()), room.y(Math.floor(cell / columns()))]}
        find={(px, py, room) => {
          const column = Math.floor(((px - room.left) / room.width) * columns())
          const row = Math.floor(((py - room.top) / room.height) * rows())
          const isInside = column >= 0 && column < columns() && row >= 0 && row < rows()
          return isInside ? row * columns() + column : null
        }}
        step={(cell, key) => ({ ArrowUp: cell - columns(), ArrowDown: cell + columns() })[key]}
        hasGrid={false}
        paint={paint()}
      />
      <RampLegend min={extent()[0]} max={extent()[1]} />
    </div>
  )
}

function nameOf(names: readonly string[], index: number): string {
  return names[index] ?? String(index)
}
