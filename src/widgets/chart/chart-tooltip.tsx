import { createMemo, createSignal, Index, onMount, Show } from 'solid-js'
import type { ChartEvent } from './chart-event.ts'
import type { XKind } from './chart-line.ts'
import { xToPixel, type PlotArea } from './plot-area.ts'
import { nearestReading, placeWords, readingsAround, valueWords, type Reading } from './chart-readout.ts'
import type { LinePick } from './line-pick.ts'
import { digitsWithin, formatCount, formatPlural, formatValue } from '../number-format.ts'
import { RunDot } from '../run-dot.tsx'
import './chart-tooltip.css'

/** More rows than this do not fit beside a chart; the ones nearest to the pointer are shown. */
const MAX_ROWS = 10
const MAX_EVENTS = 4

interface ChartTooltipProps {
  readonly readings: readonly Reading[]
  /** What happened there. */
  readonly events: readonly ChartEvent[]
  /** What is pointed at; null for what is nearest. */
  readonly picked: LinePick | null
  readonly x: number
  readonly y: number
  readonly xKind: XKind
  readonly area: PlotArea
}

/** The values of the visible runs at the cursor, in the order the lines lie on the screen. */
export function ChartTooltip(props: ChartTooltipProps) {
  /** The reading that counts: of the line that is pointed at, else the nearest. */
  const nearest = createMemo(() => {
    const { picked, readings, y } = props
    const index = readings.findIndex(({ line }) => line === picked?.line)
    return index < 0 ? nearestReading(readings, y) : index
  })
  const rows = createMemo(() => readingsAround(props.readings, nearest(), MAX_ROWS))
  const isNearest = ({ line }: Reading): boolean => line === props.readings[nearest()]?.line
  /** What is pointed at, of a row: a spike's tip, whatever its line does at the cursor. */
  const pickedOf = (row: Reading): LinePick | null =>
    props.picked?.line === row.line && row.nonFinite === '' ? props.picked : null
  const left = (): number => xToPixel(props.area, props.x) / props.area.ratio
  const isRight = (): boolean => left() > (props.area.left + props.area.width / 2) / props.area.ratio
  let tooltip: HTMLDivElement | undefined
  const [room, setRoom] = createSignal<Room>({ before: 0, after: 0 })
  onMount(() => tooltip !== undefined && setRoom(roomBeside(tooltip)))
  const side = (): Side => sideOf(room(), isRight())
  const isOfSeveral = (): boolean =>
    new Set([...props.readings.map(({ line }) => line.name), ...props.events.map((event) => event.runName)])
      .size > 1
  const place = (): string => {
    const row = props.readings[nearest()]
    const x = (row === undefined ? null : pickedOf(row))?.x ?? row?.x ?? props.x
    return placeWords(x, { xKind: props.xKind, x: props.area.x }, row?.line.raw)
  }
  const valueOf = (row: Reading): string =>
    row.nonFinite === '' ? valueWords(pickedOf(row)?.value ?? row.drawn, props.area.y) : row.nonFinite

  return (
    <div
      class="chart-tooltip"
      classList={{ [`is-${side()}`]: true }}
      aria-hidden="true"
      ref={(element) => (tooltip = element)}
    >
      <p class="chart-tooltip-place">{place()}</p>
      {/* The rows stay and only their words change: the list is drawn again with every move. */}
      <Index each={rows()}>
        {(row) => (
          <p class="chart-tooltip-row" classList={{ 'is-nearest': isNearest(row()) }}>
            <RunDot color={row().line.color} stroke={row().line.stroke} />
            <span class="chart-tooltip-name">{row().line.name}</span>
            <span>{valueOf(row())}</span>
            <Show when={isNearest(row()) && row().nonFinite === '' && spanWords(row(), props.area.y)}>
              {(words) => <span class="chart-tooltip-span">{words()}</span>}
            </Show>
          </p>
        )}
      </Index>
      <Show when={props.readings.length > rows().length}>
        <p class="chart-tooltip-place">{formatCount(props.readings.length - rows().length)} more</p>
      </Show>
      <Index each={props.events.slice(0, MAX_EVENTS)}>
        {(event) => (
          <p class="chart-tooltip-row chart-tooltip-event" classList={{ 'is-bad': event().isBad }}>
            <RunDot color={event().color} stroke={0} />
            <span class="chart-tooltip-name">{event().words}</span>
            <Show when={isOfSeveral()}>
              <span class="chart-tooltip-span">{event().runName}</span>
            </Show>
          </p>
        )}
      </Index>
      <Show when={props.events.length > MAX_EVENTS}>
        <p class="chart-tooltip-place">{formatPlural(props.events.length - MAX_EVENTS, 'more event')}</p>
      </Show>
    </div>
  )
}

/** Where it stands: beside the chart, or in it at the end that the pointer is not at. */
type Side = 'before' | 'after' | 'start' | 'end'

/** Beside a chart, within what scrolls with it. Unit: CSS pixels. */
interface Room {
  readonly before: number
  readonly after: number
}

/** As wide as it becomes, and what lies between. Unit: CSS pixels. */
const WIDTH = 312

/** No curve of its own chart is ever under it where there is a place beside. */
function sideOf({ before, after }: Room, isPointerAtEnd: boolean): Side {
  const near = isPointerAtEnd ? 'after' : 'before'
  if ({ before, after }[near] >= WIDTH) return near
  if (after >= WIDTH) return 'after'
  if (before >= WIDTH) return 'before'
  return isPointerAtEnd ? 'start' : 'end'
}

function roomBeside(tooltip: HTMLElement): Room {
  const chart = tooltip.parentElement
  if (chart === null) return { before: 0, after: 0 }
  let scroller: HTMLElement | null = chart
  while (scroller !== null && getComputedStyle(scroller).overflowX === 'visible')
    scroller = scroller.parentElement
  const around = (scroller ?? document.documentElement).getBoundingClientRect()
  const { left, right } = chart.getBoundingClientRect()
  return { before: left - around.left, after: around.right - right }
}

/** What lies behind the number of a row: the values of its bucket, or the one that was smoothed. */
function spanWords({ line, mean, min, max }: Reading, [low, high]: readonly [number, number]): string {
  const digits = digitsWithin(low, high) - 1
  if (min < max) return `${formatValue(min, digits)} … ${formatValue(max, digits)}`
  return line.smoothed === null ? '' : formatValue(mean, digits)
}
