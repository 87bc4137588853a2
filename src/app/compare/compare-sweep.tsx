import { createMemo, For, Show } from 'solid-js'
import type { JsonValue } from '../../model/json.ts'
import { createRunDetail } from '../experiment/create-run-detail.ts'
import { parseAim } from '../experiment/sweep-aim.ts'
import { operandWords } from '../workspace/operands.ts'
import { doesVary, valueWords } from '../experiment/run-values.ts'
import { summarizeSweep, sweepNames, type SweepSummary, type TrialColumns } from './sweep-summary.ts'
import { useTracker } from '../tracker/tracker.ts'
import { formatPlural, formatValue } from '../../widgets/number-format.ts'
import { spansDecades, type PlotAxis } from '../../widgets/plot/plot-axis.ts'
import { ScatterPlot } from '../../widgets/plot/scatter-plot.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import { useCompare, type CompareScope } from './compare-context.ts'
import { Section } from './compare-section.tsx'
import { createPlotColors } from './create-plot-colors.ts'
import { CompareHint, CompareNote } from './compare-note.tsx'
import './compare-sweep.css'

/** More sweeps than this are left to the filter. */
const MAX_SWEEPS = 4
const PLOT_HEIGHT = 220

/** What the drawn runs say of sweeps. */
export function trialColumns({ compare }: Pick<CompareScope, 'compare'>): TrialColumns {
  return {
    status: compare.column({ from: 'run', field: 'status' }),
    startedAt: compare.column({ from: 'run', field: 'startedAt' }),
    sweep: compare.column({ from: 'tag', key: 'sweep' }),
    trial: compare.column({ from: 'tag', key: 'trial' }),
    stopped: compare.column({ from: 'tag', key: 'stopped' }),
    error: compare.column({ from: 'tag', key: 'error' }),
    objective: compare.column({ from: 'summary', key: 'objective' }),
  }
}

/** How far the sweeps of the drawn runs came: trials, the best one, and when it was found. */
export function CompareSweep() {
  const scope = useCompare()
  const columns = createMemo(() => trialColumns(scope))
  const names = createMemo<readonly string[]>(() => sweepNames(columns()), [], {
    equals: (a, b) => a.length === b.length && a.every((name, index) => name === b[index]),
  })
  return (
    <Section section="sweep">
      <Show when={names().length > MAX_SWEEPS}>
        <CompareHint>
          The latest {MAX_SWEEPS} of {names().length} sweeps. Filter by tag.sweep to see others.
        </CompareHint>
      </Show>
      <For each={names().slice(0, MAX_SWEEPS)}>{(name) => <OneSweep name={name} columns={columns()} />}</For>
    </Section>
  )
}

function OneSweep(props: { readonly name: string; readonly columns: TrialColumns }) {
  const { compare, runs } = useCompare()
  const { database, select, selected } = useExperiment()
  const first = (): number => props.columns.sweep.indexOf(props.name)
  const { detail } = createRunDetail(useTracker(), () => ({
    database,
    runId: compare.runIds()[first()] ?? '',
  }))
  const aim = createMemo(() => parseAim(detail()?.run.environment))
  const summary = createMemo(() => summarizeSweep(props.columns, props.name, aim()))
  const metric = (): string => aim()?.metric ?? 'objective'
  const best = createMemo(() => {
    const row = summary().best
    return row === null ? null : { row, value: summary().objectives[row] ?? Number.NaN }
  })
  /** The params that this sweep varied, as the best trial has them. */
  const params = createMemo<readonly { readonly key: string; readonly text: string }[]>(() => {
    const row = summary().best
    if (row === null) return []
    const isTrial = props.columns.sweep.map((name) => name === props.name)
    return compare
      .operands()
      .filter((operand) => operand.from === 'param')
      .flatMap((operand) => {
        const column = compare.column(operand)
        const value: JsonValue = column[row] ?? null
        if (value === null || !doesVary(column.filter((_, index) => isTrial[index] === true))) return []
        return [
          {
            key: operandWords(operand),
            text: typeof value === 'number' ? formatValue(value) : valueWords(value),
          },
        ]
      })
  })
  const x = createMemo<PlotAxis>(() => toAxis('trial', 'trial', summary().numbers, false))
  const y = createMemo<PlotAxis>(() =>
    toAxis('objective', metric(), summary().objectives, spansDecades(summary().objectives)),
  )
  const colors = createPlotColors(() => null)
  const highlighted = (): number | null => {
    const row = runs().findIndex((run) => run.id === selected())
    return row < 0 ? null : row
  }

  return (
    <div class="compare-sweep">
      <div class="compare-sweep-facts">
        <p class="compare-sweep-name" dir="auto">
          {props.name}
        </p>
        <p class="compare-sweep-counts">
          {countWords(summary())}
          {leftWords(summary())}
        </p>
        <Show when={best()}>
          {(known) => (
            <dl>
              <div>
                <dt>
                  Best <bdi>{metric()}</bdi>
                </dt>
                <dd>{formatValue(known().value)}</dd>
              </div>
              <For each={params()}>
                {({ key, text }) => (
                  <div>
                    <dt dir="auto">{key}</dt>
                    <dd dir="auto">{text}</dd>
                  </div>
                )}
              </For>
              <div>
                <dt>Run</dt>
                <dd>
                  <button type="button" onClick={() => select(runs()[known().row]?.id ?? null)}>
                    {runs()[known().row]?.label}
                  </button>
                </dd>
              </div>
            </dl>
          )}
        </Show>
      </div>
      <Show
        when={summary().objectives.some((value) => !Number.isNaN(value))}
        fallback={<CompareNote>No trial has a result yet.</CompareNote>}
      >
        <ScatterPlot
          x={x()}
          y={y()}
          line={summary().line}
          height={PLOT_HEIGHT}
          color={colors.color()}
          stroke={colors.stroke()}
          name={(row) => runs()[row]?.label ?? ''}
          highlighted={highlighted()}
          summary={`${props.name}: ${metric()} by trial, and the best so far`}
          onPick={(row) => select(runs()[row]?.id ?? null)}
        />
      </Show>
    </div>
  )
}

function toAxis(id: string, label: string, values: Float64Array, isLog: boolean): PlotAxis {
  return { id, label, values, categories: null, unit: 'number', isLog, isFlipped: false }
}

/** Trials that have no dot. */
function leftWords({ numbers, finished, stopped, failed, running, cutOff }: SweepSummary): string {
  const drawn = numbers.filter((number) => !Number.isNaN(number)).length
  const left = finished + stopped + failed + running + cutOff - drawn
  return left === 0 ? '' : `. ${formatPlural(left, 'trial')} without a finite result left out`
}

function countWords({ finished, stopped, failed, running, cutOff }: SweepSummary): string {
  const parts = [
    [finished, 'finished'],
    [stopped, 'stopped early'],
    [failed, 'failed'],
    [running, 'running'],
    [cutOff, 'cut off'],
  ] as const
  const total = finished + stopped + failed + running + cutOff
  const shown = parts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`)
  return `${formatPlural(total, 'trial')}: ${shown.join(', ')}`
}
