import { createMemo, createSignal, For, Show } from 'solid-js'
import { MiddleText } from '../../widgets/middle-text.tsx'
import { formatPlural, formatValue } from '../../widgets/number-format.ts'
import type { Stroke } from '../../widgets/dashes.ts'
import type { ChartLine } from '../../widgets/chart/chart-line.ts'
import { LineSwatch } from '../../widgets/line-swatch.tsx'
import './chart-legend.css'

interface ChartLegendProps {
  readonly lines: readonly ChartLine[]
  /** What dashes mean, where they mean something. */
  readonly dashes?: readonly { readonly name: string; readonly stroke: Stroke }[]
  /** Ids of lines. */
  readonly raised: ReadonlySet<string>
  onRaise(id: string | null): void
  onPick(id: string): void
}

/** More are named only when they are asked for. */
const MAX_NAMED = 12

/** The lines of a chart as they are drawn, by name, with their last values. Pointing at a name raises its run. */
export function ChartLegend(props: ChartLegendProps) {
  const [isWhole, setWhole] = createSignal(false)
  /** Of the laps of a run the newest. */
  const newest = createMemo(() => props.lines.filter(({ isPast }) => isPast !== true))
  const named = createMemo(() => (isWhole() ? newest() : newest().slice(0, MAX_NAMED)))
  return (
    <ul class="chart-legend" aria-label="Lines">
      <For each={props.dashes ?? []}>
        {(dash) => (
          <li class="chart-legend-dash">
            <LineSwatch color="ink" stroke={dash.stroke} />
            <MiddleText text={dash.name} />
          </li>
        )}
      </For>
      <For each={named()}>
        {(line) => (
          <li>
            <button
              type="button"
              class="chart-legend-line"
              classList={{ 'is-raised': props.raised.has(line.id) }}
              onPointerEnter={() => props.onRaise(line.id)}
              onPointerLeave={() => props.onRaise(null)}
              onClick={() => props.onPick(line.id)}
            >
              <LineSwatch color={line.color} stroke={line.stroke} />
              <MiddleText text={line.name} />
              <span class="chart-legend-value">{formatValue(line.mean.at(-1) ?? Number.NaN)}</span>
            </button>
          </li>
        )}
      </For>
      <Show when={newest().length > named().length}>
        <li>
          <button type="button" class="chart-legend-more" onClick={() => setWhole(true)}>
            Show {formatPlural(newest().length - named().length, 'more line')}
          </button>
        </li>
      </Show>
    </ul>
  )
}
