import { createMemo, Index, Show } from 'solid-js'
import type { ChartEvent } from './chart-event.ts'
import type { XKind } from './chart-line.ts'
import { xToPixel, type PlotArea } from './plot-area.ts'
import { nearestReading, placeWords, readingsNear, valueWords, type Reading } from './chart-readout.ts'
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
  readonly x: number
  readonly y: number
  readonly xKind: XKind
  readonly area: PlotArea
}

/** The values of the visible runs at the cursor, in the order the lines lie on the screen. */
export function ChartTooltip(props: ChartTooltipProps) {
  const rows = createMemo(() => readingsNear(props.readings, props.y, MAX_ROWS))
  const nearest = createMemo(() => rows()[nearestReading(rows(), props.y)]?.line)
  const left = (): number => xToPixel(props.area, props.x) / props.area.ratio
  const isRight = (): boolean => left() > (props.area.left + props.area.width / 2) / props.area.ratio
  const isOfSeveral = (): boolean =>
    new Set([...props.readings.map(({ line }) => line.name), ...props.events.map((event) => event.runName)])
      .size > 1
  const place = (): string => {
    const row = rows().find(({ line }) => line === nearest())
    return placeWords(row?.x ?? props.x, { xKind: props.xKind, x: props.area.x }, row?.line.raw)
  }

  return (
    <div
      class="chart-tooltip"
      classList={{ 'is-left': isRight() }}
      style={{ '--cursor-x': `${left()}px` }}
      aria-hidden="true"
    >
      <p class="chart-tooltip-place">{place()}</p>
      {/* The rows stay and only their words change: the list is drawn again with every move. */}
      <Index each={rows()}>
        {(row) => (
          <p class="chart-tooltip-row" classList={{ 'is-nearest': row().line === nearest() }}>
            <RunDot color={row().line.color} stroke={row().line.stroke} />
            <span class="chart-tooltip-name">{row().line.name}</span>
            <span>{row().nonFinite === '' ? valueWords(row().drawn, props.area.y) : row().nonFinite}</span>
            <Show when={row().line === nearest() && row().nonFinite === '' && spanWords(row(), props.area.y)}>
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

/** What lies behind the number of a row: the values of its bucket, or the one that was smoothed. */
function spanWords({ line, mean, min, max }: Reading, [low, high]: readonly [number, number]): string {
  const digits = digitsWithin(low, high) - 1
  if (min < max) return `${formatValue(min, digits)} … ${formatValue(max, digits)}`
  return line.smoothed === null ? '' : formatValue(mean, digits)
}
