import { createMemo, For, Show } from 'solid-js'
import { useChartColors } from '../chart-colors.ts'
import { createElementSize } from '../element-size.ts'
import { formatValue } from '../number-format.ts'
import { MIN_BOX, quartilesOf, type DistributionGroup } from './distribution.ts'
import { makeScale } from './plot-axis.ts'
import './distribution-plot.css'

interface DistributionPlotProps {
  readonly groups: readonly DistributionGroup[]
  readonly isLog: boolean
  /** The picture in words. */
  readonly summary: string
}

/** Unit: CSS pixels. */
const ROW_HEIGHT = 22
const AXIS_HEIGHT = 24
const DOT_RADIUS = 3.5
const BOX_HEIGHT = 12
const FONT_SIZE = 11
/** A letter of a label, about. */
const LETTER_WIDTH = 6.2
/** No label takes more of the width. */
const MAX_LABEL_PART = 0.4
const EDGE = 12

/** The numbers of each group as dots in a row, over the box of their quartiles, the axis above them; colours are attributes, so that it stands as a file. */
export function DistributionPlot(props: DistributionPlotProps) {
  let frame: HTMLDivElement | undefined
  const colors = useChartColors()
  const size = createElementSize(() => frame)
  const scale = createMemo(() =>
    makeScale({
      id: 'value',
      label: '',
      values: Float64Array.from(props.groups.flatMap(({ members }) => members.map(({ value }) => value))),
      categories: null,
      unit: 'number',
      isLog: props.isLog,
      isContinuous: true,
      isFlipped: false,
    }),
  )
  const labelWidth = createMemo(() => {
    const longest = props.groups.reduce((most, { text }) => Math.max(most, text.length), 0)
    return Math.min(longest * LETTER_WIDTH, size().width * MAX_LABEL_PART)
  })
  const left = (): number => labelWidth() + EDGE
  const height = createMemo(() => Math.max(size().height, props.groups.length * ROW_HEIGHT + AXIS_HEIGHT))
  const rowHeight = (): number => (height() - AXIS_HEIGHT) / Math.max(1, props.groups.length)
  const placeOf = (value: number): number => left() + scale().toPart(value) * (size().width - left() - EDGE)

  return (
    <div
      class="distribution-plot"
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
              const x = (): number => left() + part * (size().width - left() - EDGE)
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
          <For each={props.groups}>
            {(group, row) => (
              <GroupRow
                group={group}
                y={AXIS_HEIGHT + (row() + 0.5) * rowHeight()}
                labelWidth={labelWidth()}
                placeOf={placeOf}
              />
            )}
          </For>
        </svg>
      </Show>
    </div>
  )
}

interface GroupRowProps {
  readonly group: DistributionGroup
  readonly y: number
  readonly labelWidth: number
  placeOf(value: number): number
}

function GroupRow(props: GroupRowProps) {
  const colors = useChartColors()
  const color = (): string => colors().series(props.group.color)
  const quartiles = createMemo(() => quartilesOf(props.group.members.map(({ value }) => value)))
  const label = (): string => {
    const most = Math.max(1, Math.floor(props.labelWidth / LETTER_WIDTH))
    const { text } = props.group
    return text.length > most ? `${text.slice(0, most - 1)}…` : text
  }
  return (
    <>
      <text x={props.labelWidth} y={props.y + 4} text-anchor="end" fill={colors().ink}>
        {label()}
        <title>{props.group.name}</title>
      </text>
      <Show when={quartiles()}>
        {(found) => (
          <>
            <Show when={props.group.members.length >= MIN_BOX}>
              <rect
                x={props.placeOf(found().low)}
                y={props.y - BOX_HEIGHT / 2}
                width={Math.max(1, props.placeOf(found().high) - props.placeOf(found().low))}
                height={BOX_HEIGHT}
                fill={color()}
                fill-opacity={0.2}
                stroke={color()}
              />
            </Show>
            <line
              x1={props.placeOf(found().median)}
              x2={props.placeOf(found().median)}
              y1={props.y - BOX_HEIGHT / 2 - 1}
              y2={props.y + BOX_HEIGHT / 2 + 1}
              stroke={color()}
              stroke-width={2}
            />
          </>
        )}
      </Show>
      <For each={props.group.members}>
        {(member) => (
          <circle
            cx={props.placeOf(member.value)}
            cy={props.y}
            r={DOT_RADIUS}
            fill={color()}
            fill-opacity={0.75}
          >
            <title>{`${member.name}: ${formatValue(member.value)}`}</title>
          </circle>
        )}
      </For>
    </>
  )
}
