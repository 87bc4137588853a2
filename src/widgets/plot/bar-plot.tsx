import { For, Show } from 'solid-js'
import { useChartColors } from '../chart-colors.ts'
import { formatValue } from '../number-format.ts'
import { RowPlot } from './row-plot.tsx'
import './bar-plot.css'

/** Bars that belong together. Shape: one value for each name; NaN for none. */
export interface BarRow {
  readonly id: string
  readonly name: string
  /** `series-1` … `series-8` or `#rrggbb`. */
  readonly color: string
  readonly values: readonly number[]
}

interface BarPlotProps {
  readonly rows: readonly BarRow[]
  /** What the bars of a row are of, from above. */
  readonly names: readonly string[]
  /** The row that is pointed at, here or elsewhere. */
  readonly raised: string | null
  /** The picture in words. */
  readonly summary: string
  onRaise(id: string | null): void
  onPick(id: string): void
}

/** Unit: CSS pixels. */
const BAR_HEIGHT = 12
const BAR_GAP = 2
const ROW_GAP = 8
const VALUE_WIDTH = 56
/** No label takes more of the width. */
const MAX_LABEL_PART = 0.35
/** What the later bars of a row are fainter by. */
const FADES = [0.85, 0.5, 0.3]

/** Numbers of runs as bars from nought, a row each. */
export function BarPlot(props: BarPlotProps) {
  const colors = useChartColors()
  const barsHeight = (): number => props.names.length * (BAR_HEIGHT + BAR_GAP)

  return (
    <RowPlot
      rows={props.rows}
      // A bar begins at nought.
      values={[0, ...props.rows.flatMap(({ values }) => values.filter(Number.isFinite))]}
      isLog={false}
      rowHeight={barsHeight() + ROW_GAP}
      fills={false}
      maxLabelPart={MAX_LABEL_PART}
      endRoom={VALUE_WIDTH}
      summary={props.summary}
      draw={(row, place, { middleOf, placeOf }, label) => {
        const topOf = (bar: number): number =>
          middleOf(place()) - barsHeight() / 2 + bar * (BAR_HEIGHT + BAR_GAP)
        return (
          <g
            class="bar-plot-row"
            opacity={props.raised === null || props.raised === row.id ? 1 : 0.5}
            onPointerEnter={() => props.onRaise(row.id)}
            onPointerLeave={() => props.onRaise(null)}
            onClick={() => props.onPick(row.id)}
          >
            {label}
            <For each={row.values}>
              {(value, bar) => (
                <Show when={Number.isFinite(value)}>
                  <rect
                    x={Math.min(placeOf(0), placeOf(value))}
                    y={topOf(bar())}
                    width={Math.max(1, Math.abs(placeOf(value) - placeOf(0)))}
                    height={BAR_HEIGHT}
                    fill={colors().series(row.color)}
                    fill-opacity={FADES[bar()] ?? FADES.at(-1)}
                  >
                    <title>{`${row.name}, ${props.names[bar()] ?? ''}: ${formatValue(value)}`}</title>
                  </rect>
                  <text
                    x={Math.max(placeOf(0), placeOf(value)) + 4}
                    y={topOf(bar()) + BAR_HEIGHT - 2}
                    fill={colors().axis}
                  >
                    {formatValue(value)}
                  </text>
                </Show>
              )}
            </For>
          </g>
        )
      }}
    />
  )
}
