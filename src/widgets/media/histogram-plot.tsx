import { createMemo, Show } from 'solid-js'
import type { HistogramContent } from '../../model/media-content/histogram-content.ts'
import { digitsWithin, formatCount, formatValue } from '../number-format.ts'
import { colorOf } from './class-colors.ts'
import { extentOf, numberScale } from './number-scale.ts'
import { PlotFrame, type PlotRoom } from './plot-frame.tsx'
import './histogram-plot.css'

interface HistogramPlotProps {
  readonly content: HistogramContent
  readonly label: string
  /** A token of a colour, or `#rrggbb`. */
  readonly color: string
  /** Ends of x, and the largest count, that hold for several histograms; its own when left out or null. */
  readonly shared?: { readonly from: number; readonly to: number; readonly most: number } | null
}

/** How values are spread at one step, and what is known of all of them. */
export function HistogramPlot(props: HistogramPlotProps) {
  const bins = (): number => props.content.counts.length
  const edge = (index: number): number => props.content.edges[index] ?? 0
  const height = (index: number): number => props.content.counts[index] ?? 0
  const x = createMemo(() => numberScale(props.shared?.from ?? edge(0), props.shared?.to ?? edge(bins())))
  const y = createMemo(() =>
    numberScale(0, 1.05 * (props.shared?.most ?? extentOf([props.content.counts])[1]) || 1),
  )
  const path = (room: PlotRoom): string => {
    let drawn = `M${room.x(edge(0)).toFixed(1)},${room.y(0).toFixed(1)}`
    for (let bin = 0; bin < bins(); bin += 1) {
      drawn += `V${room.y(height(bin)).toFixed(1)}H${room.x(edge(bin + 1)).toFixed(1)}`
    }
    return `${drawn}V${room.y(0).toFixed(1)}z`
  }
  return (
    <div class="histogram-plot">
      <PlotFrame
        x={x()}
        y={y()}
        label={props.label}
        count={bins()}
        words={(bin) =>
          `${x().format(edge(bin))} to ${x().format(edge(bin + 1))}: ${formatValue(height(bin))}`
        }
        placeOf={(bin, room) => [(room.x(edge(bin)) + room.x(edge(bin + 1))) / 2, room.y(height(bin))]}
        find={(px, _, room) => {
          for (let bin = 0; bin < bins(); bin += 1) {
            if (px >= room.x(edge(bin)) && px <= room.x(edge(bin + 1))) return bin
          }
          return null
        }}
      >
        {(room) => (
          <path class="histogram-plot-bins" style={{ '--histogram': colorOf(props.color) }} d={path(room)} />
        )}
      </PlotFrame>
      <p class="histogram-plot-facts">
        <Show when={lost(props.content)}>
          {(words) => <span class="histogram-plot-lost">{words()}</span>}
        </Show>
        {facts(props.content)}
      </p>
    </div>
  )
}

function facts({ count, min, max, mean, zeroCount }: HistogramContent): string {
  return [
    `${formatCount(count)} values`,
    ...(min === null || max === null
      ? []
      : [[min, max].map((end) => formatValue(end, digitsWithin(min, max))).join(' to ')]),
    ...(mean === null ? [] : [`mean ${formatValue(mean)}`]),
    ...(zeroCount === null || zeroCount === 0 ? [] : [`${formatCount(zeroCount)} zero`]),
  ].join(', ')
}

/** Values that are on no axis. */
function lost({ nanCount, posInfCount, negInfCount }: HistogramContent): string {
  const named = [
    [nanCount, 'NaN'],
    [posInfCount, '∞'],
    [negInfCount, '−∞'],
  ] as const
  return named
    .filter(([count]) => count > 0)
    .map(([count, name]) => `${formatCount(count)} ${name}`)
    .join(', ')
}
