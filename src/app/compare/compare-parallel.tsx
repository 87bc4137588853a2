import { createMemo, createSignal, Show } from 'solid-js'
import { useCommands } from '../shell/create-commands.ts'
import { brushedRuns, brushesToFilter } from './brushes.ts'
import { MAX_AXES, type AxisChoice, type Brush } from '../workspace/compare-view.ts'
import { defaultAxes } from './default-axes.ts'
import { Button } from '../../widgets/button.tsx'
import { formatCount, formatPlural } from '../../widgets/number-format.ts'
import type { PlotAxis, PlotRange } from '../../widgets/plot/plot-axis.ts'
import { ParallelPlot } from '../../widgets/plot/parallel-plot.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import { ColorLegend } from './color-legend.tsx'
import { useCompare } from './compare-context.ts'
import { Section } from './compare-section.tsx'
import { createPlotColors } from './create-plot-colors.ts'
import { OperandChoice } from './operand-choice.tsx'
import { toPlotAxis } from './plot-axes.ts'
import { CompareHint, CompareNote } from './compare-note.tsx'
import './compare-parallel.css'

/** Runs as lines over what they were given and what came of it. */
export function CompareParallel() {
  const { view, change, compare, runs, likeliest } = useCompare()
  const { workspace, select, selected } = useExperiment()
  const [draft, setDraft] = createSignal<{ readonly by: string; readonly brush: Brush | null } | null>(null)

  const choices = createMemo<readonly AxisChoice[]>(
    () => view.axes ?? defaultAxes(compare, likeliest()).map((by) => ({ by, isFlipped: false, isLog: null })),
  )
  const axes = createMemo<readonly PlotAxis[]>(() =>
    choices()
      .map((choice) => toPlotAxis(compare, choice.by, choice))
      .filter((axis) => axis !== null),
  )
  /** Those of axes that are shown, the one that is dragged as it is. */
  const brushes = createMemo<readonly Brush[]>(() => {
    const dragged = draft()
    const others = view.brushes.filter(({ by }) => by !== dragged?.by)
    const all = dragged?.brush ? [...others, dragged.brush] : others
    return all.filter(({ by }) => axes().some(({ id }) => id === by))
  })
  const ranges = createMemo(
    () =>
      new Map(
        brushes().flatMap((brush) => {
          const range = toRange(brush)
          return range === null ? [] : [[brush.by, range] as const]
        }),
      ),
  )
  const picked = createMemo(() => brushedRuns(brushes(), compare.values, runs().length))
  const pickedCount = createMemo(() => picked()?.reduce((sum, each) => sum + each, 0) ?? runs().length)
  const filter = createMemo(() =>
    brushes().length === 0
      ? null
      : brushesToFilter(brushes(), compare.values, compare.keys(), workspace.view().filter),
  )
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

  /** By places: of categories that changed since, from the first of them to the last. */
  function toRange(brush: Brush): PlotRange | null {
    if ('from' in brush) return brush
    const known = compare.values(brush.by)
    if (known?.kind !== 'category') return null
    const places = known.categories.flatMap(({ id }, place) => (brush.categories.includes(id) ? [place] : []))
    const [first] = places
    return first === undefined ? null : { from: first, to: places.at(-1) ?? first }
  }

  function toBrush(by: string, range: PlotRange | null): Brush | null {
    const known = compare.values(by)
    if (range === null || known === undefined) return null
    if (known.kind === 'number') return { by, ...range }
    const ids = known.categories.slice(range.from, range.to + 1).map(({ id }) => id)
    return { by, categories: ids }
  }

  function brush(by: string, range: PlotRange | null, isDone: boolean): void {
    const made = toBrush(by, range)
    if (!isDone) {
      setDraft({ by, brush: made })
      return
    }
    setDraft(null)
    const others = view.brushes.filter((each) => each.by !== by)
    change(
      made === null ? 'Clear a brush' : 'Brush an axis',
      { brushes: made === null ? others : [...others, made] },
      'brush',
    )
  }

  function arrange(label: string, next: readonly AxisChoice[]): void {
    change(label, { axes: next })
  }

  function changeAxis(label: string, by: string, part: Partial<AxisChoice>): void {
    const place = choices().findIndex((choice) => choice.by === by)
    const before = choices()[place]
    if (before !== undefined) arrange(label, choices().with(place, { ...before, ...part }))
  }

  function move(by: string, to: number): void {
    const moved = choices().find((choice) => choice.by === by)
    const before = axes()[to]?.id
    if (moved === undefined || before === undefined) return
    // What is not shown stays where it is.
    const place = choices().findIndex((choice) => choice.by === before)
    arrange(
      'Reorder axes',
      choices()
        .filter((choice) => choice !== moved)
        .toSpliced(place, 0, moved),
    )
  }

  function remove(by: string): void {
    change('Remove an axis', {
      axes: choices().filter((choice) => choice.by !== by),
      brushes: view.brushes.filter((each) => each.by !== by),
    })
  }

  function filterToPicked(): void {
    const text = filter()
    if (text === null) return
    workspace.change('Filter to the brushed runs', { filter: text, compare: { ...view, brushes: [] } })
  }

  const clear = (): void => change('Clear brushes', { brushes: [] })
  useCommands().offer(() =>
    brushes().length === 0
      ? []
      : [
          { title: 'Clear brushes', group: 'Compare', run: clear },
          ...(filter() === null
            ? []
            : [{ title: 'Filter to the brushed runs', group: 'Compare', run: filterToPicked }]),
        ],
  )

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
              onChange={(by) =>
                by !== '' &&
                arrange('Add an axis', choices().toSpliced(-1, 0, { by, isFlipped: false, isLog: null }))
              }
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
          brushes={ranges()}
          picked={picked()}
          color={colors.color()}
          highlighted={highlighted()}
          name={(row) => runs()[row]?.name ?? ''}
          summary={`${formatPlural(runs().length, 'run')} over ${axes()
            .map(({ label }) => label)
            .join(', ')}`}
          onBrush={brush}
          onMove={move}
          onFlip={(by) =>
            changeAxis('Flip an axis', by, {
              isFlipped: !choices().find((each) => each.by === by)?.isFlipped,
            })
          }
          onLog={(by, isLog) => changeAxis(isLog ? 'Log axis' : 'Linear axis', by, { isLog })}
          onRemove={remove}
          onPick={(row) => select(runs()[row]?.id ?? null)}
        />
        <div class="compare-parallel-foot" role="status">
          <Show
            when={brushes().length > 0}
            fallback={<CompareHint>Drag along an axis to pick runs, its name to reorder.</CompareHint>}
          >
            <span>
              {formatPlural(pickedCount(), 'run')} of {formatCount(runs().length)} picked
            </span>
            <Show
              when={filter() !== null}
              fallback={<CompareHint>Lists, objects and a wrong filter cannot be filtered by.</CompareHint>}
            >
              <Button disabled={pickedCount() === 0} onClick={filterToPicked}>
                Filter to these {formatPlural(pickedCount(), 'run')}
              </Button>
            </Show>
            <Button look="quiet" onClick={clear}>
              Clear brushes
            </Button>
          </Show>
        </div>
      </Show>
    </Section>
  )
}
