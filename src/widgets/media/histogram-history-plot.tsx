import { createMemo, For, Match, Switch } from 'solid-js'
import { useChartColors } from '../chart-colors.ts'
import { formatStep } from '../number-format.ts'
import { slotScale } from './bars-plot.tsx'
import { colorOf } from './class-colors.ts'
import { histogramTable, type HistogramAt } from './histogram-history.ts'
import { numberScale } from './number-scale.ts'
import { PlotFrame, type PlotRoom } from './plot-frame.tsx'
import { paintCells, scaleRamp } from './scale-ramp.ts'
import './histogram-history-plot.css'

export const HISTORY_LOOKS = ['ridges', 'heat'] as const
export type HistoryLook = (typeof HISTORY_LOOKS)[number]

interface HistogramHistoryPlotProps {
  readonly histograms: readonly HistogramAt[]
  readonly look: HistoryLook
  readonly label: string
  /** A token of a colour, or `#rrggbb`. */
  readonly color: string
}

/** A ridge may rise over this many of those behind it. */
const OVERLAP = 4

/** How values were spread at each of many steps: as ridges, the latest in front, or as colours over time. */
export function HistogramHistoryPlot(props: HistogramHistoryPlotProps) {
  const colors = useChartColors()
  const table = createMemo(() => histogramTable(props.histograms))
  const count = (): number => table().steps.length
  const share = (row: number, bin: number): number => table().shares[row * table().bins + bin] ?? 0
  const middle = (bin: number): number =>
    table().from + ((bin + 0.5) * (table().to - table().from)) / table().bins
  const words = (index: number): string => {
    const [row, bin] = [Math.floor(index / table().bins), index % table().bins]
    return `step ${formatStep(table().steps[row] ?? 0)}, near ${values().format(middle(bin))}: ${(100 * share(row, bin)).toFixed(1)} %`
  }
  const byBins = (index: number, key: string): number | undefined =>
    ({ ArrowUp: index - table().bins, ArrowDown: index + table().bins })[key]
  const steps = createMemo(() => slotScale(table().steps.map(formatStep)))
  const values = createMemo(() => numberScale(table().from, table().to))

  /** The latest in front, so at the bottom. */
  const stepsDown = createMemo(() => ({
    ...steps(),
    toPart: (row: number) => 1 - (row + OVERLAP) / (count() + OVERLAP - 0.5),
    ticks: (wanted: number) => {
      const stride = Math.max(1, Math.ceil(count() / wanted))
      return table()
        .steps.map((step, row) => ({
          text: formatStep(step),
          part: 1 - (row + OVERLAP) / (count() + OVERLAP - 0.5),
        }))
        .filter((_, row) => (count() - 1 - row) % stride === 0)
    },
  }))
  const ridge = (row: number, room: PlotRoom): string => {
    const base = room.y(row)
    const unit = ((room.height / (count() + OVERLAP - 0.5)) * OVERLAP) / (table().most || 1)
    const points = Array.from(
      { length: table().bins },
      (_, bin) => `${room.x(middle(bin)).toFixed(1)},${(base - share(row, bin) * unit).toFixed(1)}`,
    )
    return `M${room.x(table().from).toFixed(1)},${base.toFixed(1)}L${points.join('L')}L${room.x(table().to).toFixed(1)},${base.toFixed(1)}`
  }

  const picture = createMemo(() => {
    const { bins, shares, most } = table()
    // Columns are steps and rows are bins, the smallest values at the bottom.
    const turned = new Float64Array(shares.length)
    for (let row = 0; row < count(); row += 1) {
      for (let bin = 0; bin < bins; bin += 1) {
        const value = shares[row * bins + bin] ?? 0
        turned[(bins - 1 - bin) * count() + row] = value > 0 ? value : Number.NaN
      }
    }
    return paintCells(turned, bins, Math.max(1, count()), [0, most], scaleRamp(colors()))
  })
  const paint = createMemo(() => {
    const drawn = picture()
    return (context: CanvasRenderingContext2D, { left, top, width, height }: PlotRoom) => {
      context.imageSmoothingEnabled = false
      context.drawImage(drawn, left, top, width, height)
    }
  })

  return (
    <Switch>
      <Match when={props.look === 'ridges'}>
        <PlotFrame
          x={values()}
          y={stepsDown()}
          yLabel="Step"
          label={props.label}
          count={count() * table().bins}
          words={words}
          placeOf={(index, room) => [
            room.x(middle(index % table().bins)),
            room.y(Math.floor(index / table().bins)),
          ]}
          find={(px, py, room) => {
            const row = Math.round(
              (1 - (room.top + room.height - py) / room.height) * (count() + OVERLAP - 0.5) - OVERLAP,
            )
            const bin = Math.floor(((px - room.left) / room.width) * table().bins)
            const isInside = row >= 0 && row < count() && bin >= 0 && bin < table().bins
            return isInside ? row * table().bins + bin : null
          }}
          step={byBins}
          hasGrid={false}
        >
          {(room) => (
            <g class="histogram-history-plot" style={{ '--histogram': colorOf(props.color) }}>
              <For each={table().steps}>{(_, row) => <path d={ridge(row(), room)} />}</For>
            </g>
          )}
        </PlotFrame>
      </Match>
      <Match when={props.look === 'heat'}>
        <PlotFrame
          x={steps()}
          y={values()}
          xLabel="Step"
          label={props.label}
          count={count() * table().bins}
          words={words}
          placeOf={(index, room) => [
            room.x(Math.floor(index / table().bins)),
            room.y(middle(index % table().bins)),
          ]}
          find={(px, py, room) => {
            const row = Math.floor(((px - room.left) / room.width) * count())
            const bin = Math.floor((1 - (py - room.top) / room.height) * table().bins)
            const isInside = row >= 0 && row < count() && bin >= 0 && bin < table().bins
            return isInside ? row * table().bins + bin : null
          }}
          step={(index, key) =>
            ({
              ArrowRight: index + table().bins,
              ArrowLeft: index - table().bins,
              ArrowUp: index + 1,
              ArrowDown: index - 1,
            })[key]
          }
          hasGrid={false}
          paint={paint()}
        />
      </Match>
    </Switch>
  )
}
