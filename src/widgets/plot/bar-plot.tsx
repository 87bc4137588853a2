import { createMemo, For, Show } from 'solid-js'
import { useChartColors } from '../chart-colors.ts'
import { createElementSize } from '../element-size.ts'
import { formatValue } from '../number-format.ts'
import { makeScale } from './plot-axis.ts'
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
const AXIS_HEIGHT = 24
const FONT_SIZE = 11
/** A letter of a label, about. */
const LETTER_WIDTH = 6.2
/** No label takes more of the width. */
const MAX_LABEL_PART = 0.35
const EDGE = 12
const VALUE_WIDTH = 56
/** What the later bars of a row are fainter by. */
const FADES = [0.85, 0.5, 0.3]

/** Numbers of runs as bars from nought, a row each, the axis above them; colours are attributes, so that it stands as a file. */
export function BarPlot(props: BarPlotProps) {
  let frame: HTMLDivElement | undefined
  const colors = useChartColors()
  const size = createElementSize(() => frame)
  const scale = createMemo(() =>
    makeScale({
      id: 'value',
      label: '',
      // A bar begins at nought.
      values: Float64Array.from([0, ...props.rows.flatMap(({ values }) => values.filter(Number.isFinite))]),
      categories: null,
      unit: 'number',
      isLog: false,
      isContinuous: true,
      isFlipped: false,
    }),
  )
  const labelWidth = createMemo(() => {
    const longest = props.rows.reduce((most, { name }) => Math.max(most, name.length), 0)
    return Math.min(longest * LETTER_WIDTH, size().width * MAX_LABEL_PART)
  })
  const left = (): number => labelWidth() + EDGE
  const rowHeight = (): number => props.names.length * (BAR_HEIGHT + BAR_GAP) + ROW_GAP
  const height = createMemo(() => Math.max(size().height, props.rows.length * rowHeight() + AXIS_HEIGHT))
  const placeOf = (value: number): number =>
    left() + scale().toPart(value) * Math.max(0, size().width - left() - VALUE_WIDTH)
  const label = (name: string): string => {
    const most = Math.max(1, Math.floor(labelWidth() / LETTER_WIDTH))
    return name.length > most ? `${name.slice(0, most - 1)}…` : name
  }

  return (
    <div
      class="bar-plot"
      // What is scrolled has to be reached by keys too.
      tabindex={height() > size().height ? 0 : undefined}
      ref={(element) => (frame = element)}
    >
      <Show when={size().width > 0}>
        <svg
          xmlns="http://www.w3.org/2000/svg"
          role="img"
          aria-label={props.summary}
          width={size().width}
          height={height()}
          font-size={`${FONT_SIZE}px`}
          font-family="'Inter Variable', system-ui, sans-serif"
        >
          <For each={scale().ticks(Math.max(2, Math.floor((size().width - left()) / 80)))}>
            {({ part, text }) => {
              const x = (): number => left() + part * Math.max(0, size().width - left() - VALUE_WIDTH)
              return (
                <>
                  <line x1={x()} x2={x()} y1={AXIS_HEIGHT} y2={height()} stroke={colors().grid} />
                  <text x={x()} y={AXIS_HEIGHT - 8} text-anchor="middle" fill={colors().axis}>
                    {text}
                  </text>
                </>
              )
            }}
          </For>
          <For each={props.rows}>
            {(row, place) => {
              const top = (): number => AXIS_HEIGHT + place() * rowHeight() + ROW_GAP / 2
              return (
                <g
                  class="bar-plot-row"
                  opacity={props.raised === null || props.raised === row.id ? 1 : 0.5}
                  onPointerEnter={() => props.onRaise(row.id)}
                  onPointerLeave={() => props.onRaise(null)}
                  onClick={() => props.onPick(row.id)}
                >
                  <text
                    x={labelWidth()}
                    y={top() + (rowHeight() - ROW_GAP) / 2 + 4}
                    text-anchor="end"
                    fill={colors().ink}
                  >
                    {label(row.name)}
                    <title>{row.name}</title>
                  </text>
                  <For each={row.values}>
                    {(value, bar) => (
                      <Show when={Number.isFinite(value)}>
                        <rect
                          x={Math.min(placeOf(0), placeOf(value))}
                          y={top() + bar() * (BAR_HEIGHT + BAR_GAP)}
                          width={Math.max(1, Math.abs(placeOf(value) - placeOf(0)))}
                          height={BAR_HEIGHT}
                          fill={colors().series(row.color)}
                          fill-opacity={FADES[bar()] ?? FADES.at(-1)}
                        >
                          <title>{`${row.name}, ${props.names[bar()] ?? ''}: ${formatValue(value)}`}</title>
                        </rect>
                        <text
                          x={Math.max(placeOf(0), placeOf(value)) + 4}
                          y={top() + bar() * (BAR_HEIGHT + BAR_GAP) + BAR_HEIGHT - 2}
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
          </For>
        </svg>
      </Show>
    </div>
  )
}
