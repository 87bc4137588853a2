import { createMemo, For, Show, type Accessor, type JSX } from 'solid-js'
import { useChartColors } from '../chart-colors.ts'
import { createElementSize } from '../element-size.ts'
import { makeScale } from './plot-axis.ts'
import './row-plot.css'

/** Where what is drawn of the rows lies. Unit: CSS pixels. */
export interface RowPlaces {
  /** What one row takes of the height. */
  readonly rowHeight: number
  /** The middle of a row. */
  middleOf(row: number): number
  /** Of a value, along the axis. */
  placeOf(value: number): number
}

interface RowPlotProps<Row extends NamedRow> {
  /** From above. */
  readonly rows: readonly Row[]
  /** All that the axis has to reach. */
  readonly values: readonly number[]
  readonly isLog: boolean
  /** Unit: CSS pixels. A row is no lower. */
  readonly rowHeight: number
  /** Whether rows share what height is left over. */
  readonly fills: boolean
  /** No label takes more of the width. */
  readonly maxLabelPart: number
  /** What is kept free after the axis. Unit: CSS pixels. */
  readonly endRoom: number
  /** The picture in words. */
  readonly summary: string
  /** What is drawn of one row, its label among it. */
  draw(row: Row, place: Accessor<number>, places: RowPlaces, label: JSX.Element): JSX.Element
}

interface NamedRow {
  readonly name: string
  /** A short name, which stands beside the row. */
  readonly text?: string
}

/** Unit: CSS pixels. */
const AXIS_HEIGHT = 24
const FONT_SIZE = 11
/** A letter of a label, about. */
const LETTER_WIDTH = 6.2
const EDGE = 12

/** Rows under one axis, each after its label; colours are attributes, so that it stands as a file. */
export function RowPlot<Row extends NamedRow>(props: RowPlotProps<Row>) {
  let frame: HTMLDivElement | undefined
  const colors = useChartColors()
  const size = createElementSize(() => frame)
  const scale = createMemo(() =>
    makeScale({
      id: 'value',
      label: '',
      values: Float64Array.from(props.values),
      categories: null,
      unit: 'number',
      isLog: props.isLog,
      isContinuous: true,
      isFlipped: false,
    }),
  )
  const labelWidth = createMemo(() => {
    const longest = props.rows.reduce((most, row) => Math.max(most, textOf(row).length), 0)
    return Math.min(longest * LETTER_WIDTH, size().width * props.maxLabelPart)
  })
  const left = (): number => labelWidth() + EDGE
  const height = createMemo(() => Math.max(size().height, props.rows.length * props.rowHeight + AXIS_HEIGHT))
  const placeOfPart = (part: number): number =>
    left() + part * Math.max(0, size().width - left() - props.endRoom)
  const places: RowPlaces = {
    get rowHeight() {
      return props.fills ? (height() - AXIS_HEIGHT) / Math.max(1, props.rows.length) : props.rowHeight
    },
    middleOf: (row) => AXIS_HEIGHT + (row + 0.5) * places.rowHeight,
    placeOf: (value) => placeOfPart(scale().toPart(value)),
  }
  const shortened = (text: string): string => {
    const most = Math.max(1, Math.floor(labelWidth() / LETTER_WIDTH))
    return text.length > most ? `${text.slice(0, most - 1)}…` : text
  }

  return (
    <div
      class="row-plot"
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
            {({ part, text }) => (
              <>
                <line
                  x1={placeOfPart(part)}
                  x2={placeOfPart(part)}
                  y1={AXIS_HEIGHT}
                  y2={height()}
                  stroke={colors().grid}
                />
                <text x={placeOfPart(part)} y={AXIS_HEIGHT - 8} text-anchor="middle" fill={colors().axis}>
                  {text}
                </text>
              </>
            )}
          </For>
          <For each={props.rows}>
            {(row, place) =>
              props.draw(
                row,
                place,
                places,
                <text x={labelWidth()} y={places.middleOf(place()) + 4} text-anchor="end" fill={colors().ink}>
                  {shortened(textOf(row))}
                  <title>{row.name}</title>
                </text>,
              )
            }
          </For>
        </svg>
      </Show>
    </div>
  )
}

function textOf({ text, name }: NamedRow): string {
  return text ?? name
}
