import { createMemo, createSignal, Show } from 'solid-js'

import { aggregateSpec } from '../../model/aggregates.ts'
import { COMPARED_AGGREGATES, type ComparedAggregate } from '../workspace/compare-view.ts'
import { bestAggregate } from '../workspace/metric-direction.ts'
import { metricRow, type MetricCell, type MetricRow } from './metric-rows.ts'
import { Button } from '../../widgets/button.tsx'
import { formatPlural, formatValue } from '../../widgets/number-format.ts'
import { RunColumns } from '../../widgets/run-columns.tsx'
import { Segmented } from '../../widgets/segmented.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import { useCompare } from './compare-context.ts'
import { Section } from './compare-section.tsx'
import { tableRuns } from './table-runs.ts'
import { CompareNote } from './compare-note.tsx'
import './compare-metrics.css'

const OPTIONS = COMPARED_AGGREGATES.map((value) => ({
  value,
  text: `${value.slice(0, 1).toUpperCase()}${value.slice(1)}`,
}))

/** Rows that are drawn at once; more are asked for. */
const PAGE_ROWS = 100

/** What came of each run, with the difference to the baseline. */
export function CompareMetrics() {
  const { view, change, columns, runs, together } = useCompare()
  const { arrangement, series } = useExperiment()
  const [limit, setLimit] = createSignal(PAGE_ROWS)
  const picked = createMemo(() => tableRuns(runs(), columns()))
  const keys = createMemo(() =>
    series.keys().filter((key) => picked().some(({ id }) => series.summary(id, key) !== undefined)),
  )
  const rows = createMemo(() =>
    keys()
      .slice(0, limit())
      .map((key) => {
        const direction = arrangement.directionOf(key)
        const aggregate = view.aggregate === 'best' ? bestAggregate(direction) : view.aggregate
        return metricRow(
          key,
          picked().map(({ id }) => series.summary(id, key)?.[aggregate] ?? null),
          aggregateSpec(aggregate).unit === 'value' ? direction : 'none',
        )
      }),
  )
  return (
    <Section
      section="metrics"
      tools={
        <Segmented<ComparedAggregate>
          label="Value of each metric"
          showLabel={false}
          options={OPTIONS}
          value={view.aggregate}
          onChange={(aggregate) => change('Choose a value of each metric', { aggregate })}
        />
      }
    >
      <Show
        when={rows().length > 0}
        fallback={
          <Show when={series.loaded()}>
            <CompareNote>These runs have logged no metric yet.</CompareNote>
          </Show>
        }
      >
        <RunColumns
          label="Metrics by run"
          runs={picked()}
          rows={rows()}
          cell={(row, run) => <Cell row={row} run={run} />}
          together={together}
        />
        <Show when={keys().length > limit()}>
          <Button look="quiet" onClick={() => setLimit(limit() + PAGE_ROWS)}>
            Show more of {formatPlural(keys().length, 'metric')}
          </Button>
        </Show>
      </Show>
    </Section>
  )
}

function Cell(props: { readonly row: MetricRow; readonly run: number }) {
  const cell = (): MetricCell | undefined => props.row.cells[props.run]
  const value = (): number | null => cell()?.value ?? null
  return (
    <span class="compare-metrics-cell" classList={{ 'is-best': cell()?.isBest }}>
      <span class="compare-metrics-cell-value" title={value() === null ? 'no value' : String(value())}>
        {value() === null ? '–' : formatValue(value() ?? 0)}
        <Show when={cell()?.isBest}>
          <span class="visually-hidden"> (best)</span>
        </Show>
      </span>
      <Show when={cell()?.delta !== null}>
        <span class={`compare-metrics-cell-delta is-${cell()?.verdict ?? 'plain'}`}>
          {signed(cell()?.delta ?? 0)}
          <Show when={cell()?.relative !== null && cell()?.relative !== undefined}>
            {' '}
            ({percent(cell()?.relative ?? 0)})
          </Show>
          <Show when={cell()?.verdict === 'better' || cell()?.verdict === 'worse'}>
            <span class="visually-hidden"> {cell()?.verdict}</span>
          </Show>
        </span>
      </Show>
    </span>
  )
}

function signed(delta: number): string {
  if (delta === 0) return '±0'
  return `${delta > 0 ? '+' : '−'}${formatValue(Math.abs(delta), 3)}`
}

function percent(relative: number): string {
  const size = Math.abs(relative) * 100
  const text = size >= 1_000 ? formatValue(size, 2) : size.toFixed(size < 10 ? 1 : 0)
  return `${relative > 0 ? '+' : relative < 0 ? '−' : ''}${text} %`
}
