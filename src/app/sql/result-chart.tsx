import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js'
import type { SqlResult } from './sql-result.ts'
import { drawableRange } from '../../widgets/chart/chart-range.ts'
import type { ChartRange } from '../../widgets/chart/chart-line.ts'
import { Chart } from '../../widgets/chart/chart.tsx'
import { formatCount, formatPlural } from '../../widgets/number-format.ts'
import { likelyColumns, numericColumns, toResultLines, type ChartColumns } from './result-lines.ts'
import './result-chart.css'

interface ResultChartProps {
  readonly result: SqlResult
}

/** A result as lines: one column over another. */
export function ResultChart(props: ResultChartProps) {
  const shape = createMemo(() =>
    props.result.columns.map(({ name, kind }) => `${name}\n${kind}`).join('\n\n'),
  )
  const likely = createMemo(on(shape, () => likelyColumns(props.result.columns)))
  const [chosen, setChosen] = createSignal<ChartColumns | null>(null)
  const [zoom, setZoom] = createSignal<ChartRange | null>(null)
  const [cursor, setCursor] = createSignal<number | null>(null)
  createEffect(on([shape, chosen], () => setZoom(null), { defer: true }))
  createEffect(on(shape, () => setChosen(null), { defer: true }))
  const columns = (): ChartColumns | null => chosen() ?? likely()
  const drawn = createMemo(() => {
    const picked = columns()
    return picked === null ? null : toResultLines(props.result, picked)
  })
  const extent = createMemo(() => {
    const lines = drawn()?.lines ?? []
    const from = lines.reduce((least, { x }) => Math.min(least, x[0] ?? least), Number.POSITIVE_INFINITY)
    const to = lines.reduce((most, { x }) => Math.max(most, x.at(-1) ?? most), Number.NEGATIVE_INFINITY)
    return drawableRange(from <= to ? { from, to } : { from: 0, to: 1 })
  })
  const receipt = (): string => {
    const now = drawn()
    if (now === null) return ''
    const points = now.lines.reduce((sum, line) => sum + line.points, 0)
    const left = now.left > 0 ? `, ${formatPlural(now.left, 'more line')} left out` : ''
    const rows = props.result.more ? ` of the first ${formatCount(props.result.rows)} rows` : ''
    return `${formatPlural(points, 'point')}${rows}, all drawn${left}`
  }

  function pick(part: Partial<ChartColumns>): void {
    const now = columns()
    if (now !== null) setChosen({ ...now, ...part })
  }

  return (
    <Show
      when={columns()}
      fallback={
        <p class="result-chart-none">A chart needs two columns of numbers: one for x and one for y.</p>
      }
    >
      {(picked) => (
        <div class="result-chart">
          <div class="result-chart-columns">
            <ColumnSelect
              label="x"
              value={picked().x}
              options={numericColumns(props.result.columns)}
              result={props.result}
              onChange={(x) => pick({ x })}
            />
            <ColumnSelect
              label="y"
              value={picked().y}
              options={numericColumns(props.result.columns)}
              result={props.result}
              onChange={(y) => pick({ y })}
            />
            <ColumnSelect
              label="A line for each"
              value={picked().group ?? -1}
              none="one line"
              options={props.result.columns.map((_, index) => index)}
              result={props.result}
              onChange={(group) => pick({ group: group < 0 ? null : group })}
            />
            <span class="result-chart-receipt">{receipt()}</span>
          </div>
          <div class="result-chart-plot">
            <Chart
              label="Result"
              xScale="linear"
              yScale="linear"
              lines={drawn()?.lines ?? []}
              range={zoom() ?? extent()}
              xKind={drawn()?.xKind ?? 'metric'}
              ignoreOutliers={false}
              cursor={cursor()}
              summary={`Chart of the result. ${receipt()}.`}
              onCursor={setCursor}
              onZoom={(range) => setZoom(drawableRange(range))}
              onReset={() => setZoom(null)}
              onPlotWidth={() => undefined}
            />
          </div>
        </div>
      )}
    </Show>
  )
}

interface ColumnSelectProps {
  readonly label: string
  readonly value: number
  /** What none is called; missing where there has to be one. */
  readonly none?: string
  readonly options: readonly number[]
  readonly result: SqlResult
  onChange(column: number): void
}

function ColumnSelect(props: ColumnSelectProps) {
  return (
    <label class="result-chart-column">
      {props.label}
      <select
        class="inline-select"
        value={String(props.value)}
        onChange={(event) => props.onChange(Number(event.currentTarget.value))}
      >
        <Show when={props.none}>{(none) => <option value="-1">{none()}</option>}</Show>
        <For each={props.options}>
          {(index) => (
            <option value={String(index)} selected={index === props.value}>
              {props.result.columns[index]?.name}
            </option>
          )}
        </For>
      </select>
    </label>
  )
}
