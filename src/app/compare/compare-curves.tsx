import { createMemo, For, Show } from 'solid-js'
import { MAX_CURVES, type CurveKind } from '../workspace/compare-view.ts'
import { parseOperand } from '../workspace/operands.ts'
import { Segmented } from '../../widgets/segmented.tsx'
import { IconButton } from '../../widgets/icon-button.tsx'
import X from 'lucide-solid/icons/x'
import { ChartCard } from '../charts/chart-card.tsx'
import { createExtents } from '../charts/create-extents.ts'
import { createNearness } from '../shell/create-nearness.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { MetricOptions } from '../experiment/metric-options.tsx'
import { useCompare } from './compare-context.ts'
import { Section } from './compare-section.tsx'
import { CompareNote } from './compare-note.tsx'
import { CompareChoice } from './compare-choice.tsx'
import { DifferenceChart } from './difference-chart.tsx'
import './compare-curves.css'

const KINDS: readonly { readonly value: CurveKind; readonly text: string }[] = [
  { value: 'values', text: 'Values' },
  { value: 'difference', text: 'Run minus baseline' },
]

/** The curves of a few metrics, all runs over each other. */
export function CompareCurves() {
  const { view, change, likeliest } = useCompare()
  const { series } = useExperiment()
  const chosen = createMemo<readonly string[]>(() => {
    const keys = view.curves
    if (keys !== null) return keys
    const operand = parseOperand(likeliest() ?? '')
    return operand?.from === 'metric' ? [operand.key] : []
  })
  const others = (): readonly string[] => series.keys().filter((key) => !chosen().includes(key))
  return (
    <Section
      section="curves"
      tools={
        <>
          <Segmented<CurveKind>
            label="Curves"
            showLabel={false}
            options={KINDS}
            value={view.curveKind}
            onChange={(curveKind) => change('Choose what curves show', { curveKind })}
          />
          <Show when={others().length > 0 && chosen().length < MAX_CURVES}>
            <CompareChoice label="Add a chart" showLabel={false}>
              <select
                class="inline-select"
                onChange={(event) => {
                  const { value } = event.currentTarget
                  event.currentTarget.value = ''
                  if (value !== '') change('Add a chart', { curves: [...chosen(), value] })
                }}
              >
                <option value="">Add a chart</option>
                <MetricOptions keys={others()} chosen={null} />
              </select>
            </CompareChoice>
          </Show>
        </>
      }
    >
      <Show
        when={chosen().length > 0}
        fallback={<CompareNote>Add a chart to lay the curves of these runs over each other.</CompareNote>}
      >
        <Cards
          metrics={chosen()}
          onRemove={(key) => change('Remove a chart', { curves: chosen().filter((each) => each !== key) })}
        />
      </Show>
    </Section>
  )
}

function Cards(props: { readonly metrics: readonly string[]; onRemove(key: string): void }) {
  const { view } = useCompare()
  const near = createNearness()
  const extents = createExtents(() => props.metrics)
  return (
    <div class="compare-curves">
      <For each={props.metrics}>
        {(key) => (
          <div class="compare-curves-place" ref={(place) => near.observe(place, key)}>
            <Show when={near.has(key)}>
              <Show
                when={view.curveKind === 'difference'}
                fallback={
                  <ChartCard
                    metric={key}
                    subtitle=""
                    runIds={null}
                    isExpanded={false}
                    ownExtent={extents.own(key)}
                    sharedExtent={extents.shared()}
                    onExtent={(extent) => extents.setRead(key, extent)}
                  />
                }
              >
                <DifferenceChart
                  metric={key}
                  runIds={null}
                  ownExtent={extents.own(key)}
                  sharedExtent={extents.shared()}
                  onExtent={(extent) => extents.setRead(key, extent)}
                />
              </Show>
            </Show>
            <IconButton
              class="compare-curves-remove"
              label={`Remove the chart of ${key}`}
              onClick={() => props.onRemove(key)}
            >
              <X size={14} />
            </IconButton>
          </div>
        )}
      </For>
    </div>
  )
}
