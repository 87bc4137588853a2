import { createMemo, For, Show } from 'solid-js'
import { type SeriesSummary } from '../../model/series.ts'
import { AGGREGATES, SHOWN_AGGREGATES } from '../../model/aggregates.ts'
import { nonFiniteWords } from '../../widgets/chart/chart-readout.ts'
import { formatExact, formatValue } from '../../widgets/number-format.ts'
import { TitledSection } from '../../widgets/titled-section.tsx'
import './run-metrics.css'

interface RunMetricsProps {
  readonly series: readonly SeriesSummary[]
}

/** Last, smallest, largest and mean value of every metric of a run, and what was no number. */
export function RunMetrics(props: RunMetricsProps) {
  const keys = createMemo(() => props.series.map((summary) => summary.key))
  const byKey = createMemo(() => new Map(props.series.map((summary) => [summary.key, summary])))
  return (
    <Show when={keys().length > 0}>
      <TitledSection title="Metrics">
        <table class="run-metrics">
          <caption class="visually-hidden">Metrics</caption>
          <thead>
            <tr>
              <th scope="col">
                <span class="visually-hidden">Metric</span>
              </th>
              <For each={SHOWN_AGGREGATES}>
                {(aggregate) => <th scope="col">{AGGREGATES[aggregate].words}</th>}
              </For>
            </tr>
          </thead>
          <tbody>
            <For each={byKey().size === 0 ? [] : keys()}>
              {(key) => <Show when={byKey().get(key)}>{(summary) => <MetricRow summary={summary()} />}</Show>}
            </For>
          </tbody>
        </table>
      </TitledSection>
    </Show>
  )
}

function MetricRow(props: { readonly summary: SeriesSummary }) {
  const marks = (): string =>
    nonFiniteWords(props.summary.nanCount, props.summary.posInfCount, props.summary.negInfCount)
  return (
    <tr>
      <th scope="row">
        {props.summary.key}
        <Show when={marks()}>
          <span class="run-metrics-marks">{marks()}</span>
        </Show>
      </th>
      <For each={SHOWN_AGGREGATES}>
        {(aggregate) => (
          <td title={formatExact(props.summary[aggregate])}>{formatValue(props.summary[aggregate])}</td>
        )}
      </For>
    </tr>
  )
}
