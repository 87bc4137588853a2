import { createMemo } from 'solid-js'
import type { BarsContent } from '../../model/media-content/bars-content.ts'
import { makeScale, type PlotScale } from '../plot/plot-axis.ts'
import { colorOf } from './class-colors.ts'
import { extentOf, numberScale } from './number-scale.ts'
import { PlotFrame, type PlotRoom } from './plot-frame.tsx'
import './bars-plot.css'

interface BarsPlotProps {
  readonly content: BarsContent
  readonly label: string
  /** A token of a colour, or `#rrggbb`. */
  readonly color: string
}

/** A bar for each label, from zero. */
export function BarsPlot(props: BarsPlotProps) {
  const values = () => props.content.values
  const x = createMemo(() => slotScale(props.content.labels))
  const y = createMemo(() => {
    const [min, max] = extentOf([values()])
    const more = Math.max(0, max) / 20 - Math.min(0, min) / 20 || 1
    return numberScale(min < 0 ? min - more : 0, max > 0 ? max + more : Math.max(0, more * Number(min >= 0)))
  })
  const path = (room: PlotRoom): string => {
    const slot = room.width / Math.max(1, values().length)
    const thick = Math.max(0.5, Math.min(64, slot > 4 ? slot - Math.min(8, slot / 4) : slot))
    return Array.from(values(), (value, index) => {
      if (!Number.isFinite(value)) return ''
      const from = room.x(index) - thick / 2
      return `M${from.toFixed(1)},${room.y(0).toFixed(1)}h${thick.toFixed(1)}V${room.y(value).toFixed(1)}h${(-thick).toFixed(1)}z`
    }).join('')
  }
  return (
    <PlotFrame
      x={x()}
      y={y()}
      xLabel={props.content.xLabel}
      yLabel={props.content.yLabel}
      label={props.label}
      count={values().length}
      words={(index) => `${props.content.labels[index] ?? ''}: ${y().format(values()[index] ?? Number.NaN)}`}
      placeOf={(index, room) => [room.x(index), room.y(values()[index] || 0)]}
      find={(px, _, room) => {
        const index = Math.floor(((px - room.left) / room.width) * values().length)
        return index >= 0 && index < values().length ? index : null
      }}
    >
      {(room) => <path class="bars-plot-bars" style={{ '--bars': colorOf(props.color) }} d={path(room)} />}
    </PlotFrame>
  )
}

/** Labels in the middle of places of equal width. */
export function slotScale(labels: readonly string[]): PlotScale {
  const scale = makeScale({
    id: '',
    label: '',
    values: new Float64Array(0),
    categories: labels,
    unit: 'number',
    isLog: false,
    isFlipped: false,
  })
  const middle = (place: number): number => (place + 0.5) / Math.max(1, labels.length)
  return {
    ...scale,
    toPart: middle,
    ticks: (count) =>
      scale
        .ticks(count)
        .map(({ part, text }) => ({ text, part: middle(Math.round(part * (labels.length - 1))) })),
  }
}
