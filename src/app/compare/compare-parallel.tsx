import { createMemo, Show } from 'solid-js'
import { MAX_AXES } from '../workspace/compare-view.ts'
import { Button } from '../../widgets/button.tsx'
import { formatCount, formatPlural } from '../../widgets/number-format.ts'
import type { PlotAxis } from '../../widgets/plot/plot-axis.ts'
import { ParallelPlot } from '../../widgets/plot/parallel-plot.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import { ColorLegend } from './color-legend.tsx'
import { useCompare } from './compare-context.ts'
import { Section } from './compare-section.tsx'
import { createBrushing, type Brushing } from './create-brushing.ts'
import { createParallelAxes } from './create-parallel-axes.ts'
import { createPlotColors } from './create-plot-colors.ts'
import { OperandChoice } from './operand-choice.tsx'
import { toPlotAxis } from './plot-axes.ts'
import { CompareHint, CompareNote } from './compare-note.tsx'
import './compare-parallel.css'

/** Runs as lines over what they were given and what came of it. */
export function CompareParallel() {
  const { view, change, compare, runs } = useCompare()
  const { select, selected } = useExperiment()
  const arrangement = createParallelAxes()
  const { choices, axes } = arrangement
  const brushing = createBrushing(axes)
  const colorAxis = createMemo<PlotAxis | null>(() => {
    const by = view.lineColor
    if (by === 'runs') return null
    if (by === null) return axes().at(-1) ?? null
    return toPlotAxis(compare, by, { isFlipped: false, isLog: null })
  })
  const colors = createPlotColors(colorAxis)
  const highlighted = createMemo(() => {
    const row = runs().findIndex((run) => run.id === selected())
    return row < 0 ? null : row
  })

  return (
    <Section
      section="parallel"
      tools={
        <>
          <Show when={choices().length < MAX_AXES}>
            <OperandChoice
              label="Add an axis"
              showLabel={false}
              value=""
              others={[{ value: '', text: 'Add an axis' }]}
              offers="all"
              without={choices().map(({ by }) => by)}
              onChange={(by) => by !== '' && arrangement.add(by)}
            />
          </Show>
          <Show when={view.axes !== null}>
            <Button look="quiet" onClick={() => change('Reset axes', { axes: null })}>
              Reset axes
            </Button>
          </Show>
          <OperandChoice
            label="Colour"
            value={view.lineColor ?? ''}
            others={[
              { value: '', text: 'Last axis' },
              { value: 'runs', text: 'Runs' },
            ]}
            offers="all"
            onChange={(by) => change('Colour lines', { lineColor: by === '' ? null : by })}
          />
          <ColorLegend axis={colorAxis()} ramp={colors.ramp()} />
        </>
      }
    >
      <Show
        when={axes().length > 0}
        fallback={
          <Show when={compare.loaded()}>
            <CompareNote>
              Nothing varies between these runs yet. Add an axis to see one nonetheless.
            </CompareNote>
          </Show>
        }
      >
        <ParallelPlot
          axes={axes()}
          brushes={brushing.ranges()}
          picked={brushing.picked()}
          color={colors.color()}
          stroke={colors.stroke()}
          highlighted={highlighted()}
          name={(row) => runs()[row]?.label ?? ''}
          summary={`${formatPlural(runs().length, 'run')} over ${axes()
            .map(({ label }) => label)
            .join(', ')}`}
          onBrush={brushing.brush}
          onMove={arrangement.move}
          onFlip={arrangement.flip}
          onLog={arrangement.setLog}
          onRemove={arrangement.remove}
          onPick={(row) => select(runs()[row]?.id ?? null)}
        />
        <BrushFoot brushing={brushing} />
      </Show>
    </Section>
  )
}

/** How many runs are picked, and what can be done with them. */
function BrushFoot(props: { readonly brushing: Brushing }) {
  const { runs } = useCompare()
  return (
    <div class="compare-parallel-foot" role="status">
      <Show
        when={props.brushing.hasBrushes()}
        fallback={<CompareHint>Drag along an axis to pick runs, its name to reorder.</CompareHint>}
      >
        <span>
          {formatPlural(props.brushing.pickedCount(), 'run')} of {formatCount(runs().length)} picked
        </span>
        <Show
          when={props.brushing.filter() !== null}
          fallback={<CompareHint>Lists, objects and a wrong filter cannot be filtered by.</CompareHint>}
        >
          <Button disabled={props.brushing.pickedCount() === 0} onClick={props.brushing.filterToPicked}>
            Filter to these {formatPlural(props.brushing.pickedCount(), 'run')}
          </Button>
        </Show>
        <Button look="quiet" onClick={props.brushing.clear}>
          Clear brushes
        </Button>
      </Show>
    </div>
  )
}
