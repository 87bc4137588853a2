import { createMemo, For, Show } from 'solid-js'
import { formatPlural } from '../../widgets/number-format.ts'
import type { PlotAxis } from '../../widgets/plot/plot-axis.ts'
import { ScatterPlot } from '../../widgets/plot/scatter-plot.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import { toBins } from './bins.ts'
import { useCompare } from './compare-context.ts'
import { CompareHint } from './compare-note.tsx'
import type { PlotColors } from './create-plot-colors.ts'
import { correlationWords } from './scatter-words.ts'
import './scatter-multiples.css'

/** More plots than this are not looked at. */
const MAX_PLOTS = 12
/** Unit: CSS pixels. */
const HEIGHT = 230

interface ScatterMultiplesProps {
  readonly x: PlotAxis
  readonly y: PlotAxis
  /** What the runs of each plot have in common. */
  readonly by: PlotAxis
  readonly colors: PlotColors
  readonly highlighted: number | null
}

/** A small scatter plot for each value of something, all of them on the same axes. */
export function ScatterMultiples(props: ScatterMultiplesProps) {
  const { runs } = useCompare()
  const { select } = useExperiment()
  const bins = createMemo(() => toBins(props.by, MAX_PLOTS))
  const parts = createMemo(() =>
    bins().labels.flatMap((label, bin) => {
      const only = Uint8Array.from(bins().of, (place) => (place === bin ? 1 : 0))
      const count = only.reduce((sum, each) => sum + each, 0)
      return count === 0 ? [] : [{ name: `${props.by.label} ${label}`, only, count }]
    }),
  )
  const lacking = (): number => bins().of.filter((bin) => bin < 0).length

  return (
    <>
      <Show when={lacking() > 0}>
        <CompareHint>
          {formatPlural(lacking(), 'run')} without {props.by.label} left out.
        </CompareHint>
      </Show>
      <div class="scatter-multiples">
        <For each={parts()}>
          {(part) => {
            const words = (): string =>
              correlationWords(within(props.x, part.only), within(props.y, part.only))
            return (
              <article class="scatter-multiples-part" aria-label={part.name}>
                <h3 class="scatter-multiples-name" dir="auto" title={part.name}>
                  {part.name}
                </h3>
                <CompareHint>
                  {formatPlural(part.count, 'run')}. {words()}
                </CompareHint>
                <ScatterPlot
                  x={props.x}
                  y={props.y}
                  only={part.only}
                  height={HEIGHT}
                  color={props.colors.color()}
                  stroke={props.colors.stroke()}
                  name={(row) => runs()[row]?.label ?? ''}
                  highlighted={
                    props.highlighted !== null && part.only[props.highlighted] === 1
                      ? props.highlighted
                      : null
                  }
                  summary={`${part.name}: ${props.y.label} over ${props.x.label}. ${words()}`}
                  onPick={(row) => select(runs()[row]?.id ?? null)}
                />
              </article>
            )
          }}
        </For>
      </div>
    </>
  )
}

function within(axis: PlotAxis, only: Uint8Array): PlotAxis {
  return { ...axis, values: axis.values.map((value, row) => (only[row] === 1 ? value : Number.NaN)) }
}
