import { createMemo, createSignal, type Accessor } from 'solid-js'
import type { PlotAxis, PlotRange } from '../../widgets/plot/plot-axis.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { useCommands } from '../shell/create-commands.ts'
import type { Brush } from '../workspace/compare-view.ts'
import { brushedRuns, brushesToFilter } from './brushes.ts'
import { useCompare } from './compare-context.ts'

/** The runs that brushes on axes pick, also while one is dragged. */
export interface Brushing {
  /** What is picked of each axis that is shown and brushed. */
  readonly ranges: Accessor<ReadonlyMap<string, PlotRange>>
  /** Which runs all brushes picked: 1; null without brushes. */
  readonly picked: Accessor<Uint8Array | null>
  readonly pickedCount: Accessor<number>
  /** What they pick, as a filter; null without brushes and where the language cannot say it. */
  readonly filter: Accessor<string | null>
  hasBrushes(): boolean
  /** `isDone`: false while it is still dragged. */
  brush(by: string, range: PlotRange | null, isDone: boolean): void
  clear(): void
  /** Filters to the picked runs, and takes the brushes away. */
  filterToPicked(): void
}

export function createBrushing(axes: Accessor<readonly PlotAxis[]>): Brushing {
  const { view, change, compare, runs } = useCompare()
  const { workspace } = useExperiment()
  const [draft, setDraft] = createSignal<{ readonly by: string; readonly brush: Brush | null } | null>(null)

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

  const clear = (): void => change('Clear brushes', { brushes: [] })

  function filterToPicked(): void {
    const text = filter()
    if (text === null) return
    workspace.change('Filter to the brushed runs', { filter: text, compare: { ...view, brushes: [] } })
  }

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

  return {
    ranges,
    picked,
    pickedCount,
    filter,
    hasBrushes: () => brushes().length > 0,
    brush(by, range, isDone) {
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
    },
    clear,
    filterToPicked,
  }
}
