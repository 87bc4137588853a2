import { createMemo, For, Show, type JSX } from 'solid-js'
import { useChartColors } from '../chart-colors.ts'
import { formatValue } from '../number-format.ts'
import { MIN_BOX, quartilesOf, type DistributionGroup } from './distribution.ts'
import { RowPlot } from './row-plot.tsx'

interface DistributionPlotProps {
  readonly groups: readonly DistributionGroup[]
  readonly isLog: boolean
  /** The picture in words. */
  readonly summary: string
}

/** Unit: CSS pixels. */
const ROW_HEIGHT = 22
const DOT_RADIUS = 3.5
const BOX_HEIGHT = 12
const EDGE = 12
/** No label takes more of the width. */
const MAX_LABEL_PART = 0.4

/** The numbers of each group as dots in a row, over the box of their quartiles. */
export function DistributionPlot(props: DistributionPlotProps) {
  return (
    <RowPlot
      rows={props.groups}
      values={props.groups.flatMap(({ members }) => members.map(({ value }) => value))}
      isLog={props.isLog}
      rowHeight={ROW_HEIGHT}
      fills
      maxLabelPart={MAX_LABEL_PART}
      endRoom={EDGE}
      summary={props.summary}
      draw={(group, place, { middleOf, placeOf }, label) => (
        <GroupRow group={group} y={middleOf(place())} label={label} placeOf={placeOf} />
      )}
    />
  )
}

interface GroupRowProps {
  readonly group: DistributionGroup
  readonly y: number
  readonly label: JSX.Element
  placeOf(value: number): number
}

function GroupRow(props: GroupRowProps) {
  const colors = useChartColors()
  const color = (): string => colors().series(props.group.color)
  const quartiles = createMemo(() => quartilesOf(props.group.members.map(({ value }) => value)))
  return (
    <>
      {props.label}
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
