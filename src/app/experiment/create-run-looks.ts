import { createMemo, type Accessor } from 'solid-js'
import type { RunId } from '../../model/units.ts'
import { formatCount } from '../../widgets/number-format.ts'
import type { ChartsView } from '../workspace/charts-view.ts'
import type { RunColumnsByName } from './create-run-columns.ts'
import type { RunsState } from './create-runs.ts'
import type { VisibilityState } from './create-visibility.ts'
import { groupRuns, operandsWords, type RunGroup } from './run-groups.ts'
import { strokeAt, type RunStyle } from './run-colors.ts'

/** What runs that are told apart by a value look like. */
export interface LegendEntry {
  readonly text: string
  readonly style: RunStyle
  /** How many runs a line is the mean of; absent where lines are runs. */
  readonly runs?: number
  /** Not drawn: all its runs are hidden. */
  readonly isHidden?: boolean
}

export interface Legend {
  /** What tells them apart. */
  readonly title: string
  readonly entries: readonly LegendEntry[]
}

/** What lines can be told apart by beside their group. */
export type LookBy = 'colorBy' | 'dashBy'

/**
 * What the lines of charts are, and what they look like.
 *
 * A group is all runs that match the filter and have the same values, drawn or not: hiding some of its runs changes nothing
 * of its mean, and its line goes only where every one of its runs is hidden by the user.
 */
export interface LooksState {
  /** A line each, those that are hidden left out; null where every run is a line of its own. */
  readonly groups: Accessor<readonly RunGroup[] | null>
  /** Whether runs are to be grouped and it is not known yet by what values. */
  readonly isPending: Accessor<boolean>
  /** The runs that charts tell of: all of the groups, also while those are pending, or those that are drawn. */
  readonly covered: Accessor<ReadonlySet<RunId>>
  /** The group whose line a run is part of; undefined where it is none. */
  groupOf(id: RunId): RunGroup | undefined
  /** The same in lines, legend, list and table: of its group where there are groups. */
  style(id: RunId): RunStyle
  /** What colours and dashes mean, when they mean something. */
  readonly legends: Accessor<readonly Legend[]>
  /** Why colours or dashes that were chosen are not drawn; null where they are. */
  refusal(by: LookBy): string | null
}

/** The looks of runs that are drawn as themselves, whatever is chosen. */
export function ownLooks(runs: RunsState, visible: Accessor<ReadonlySet<RunId>>): LooksState {
  const ownStyle = createOwnStyles(runs, visible)
  return {
    groups: () => null,
    isPending: () => false,
    covered: visible,
    groupOf: () => undefined,
    style: ownStyle,
    legends: () => [],
    refusal: () => null,
  }
}

/** A dash tells apart runs of one colour: a run that is drawn alone in its own is solid. */
function createOwnStyles(runs: RunsState, visible: Accessor<ReadonlySet<RunId>>): (id: RunId) => RunStyle {
  const counts = createMemo(() => {
    const drawn = new Map<string, number>()
    for (const id of visible()) {
      const { color } = runs.style(id)
      drawn.set(color, (drawn.get(color) ?? 0) + 1)
    }
    return drawn
  })
  return (id) => {
    const style = runs.style(id)
    const isAlone = visible().has(id) && counts().get(style.color) === 1
    return isAlone && style.stroke !== 0 ? { ...style, stroke: 0 } : style
  }
}

/** What runs look like: as themselves, or by the value of something. */
export function createRunLooks(
  runs: RunsState,
  visibility: Pick<VisibilityState, 'visible' | 'hidden'>,
  columns: Accessor<RunColumnsByName>,
  charts: Accessor<ChartsView>,
): LooksState {
  const ownStyle = createOwnStyles(runs, visibility.visible)
  const ids = createMemo<readonly RunId[]>(() => (runs.runs() ?? []).map((run) => run.id))
  const grouped = (by: Accessor<readonly string[]>) =>
    createMemo(() => {
      const operands = by()
      if (operands.length === 0 || !operands.every((operand) => columns().has(operand))) return null
      return { title: operandsWords(operands), operands, groups: groupRuns(operands, columns(), ids()) }
    })
  const keysOf = (by: LookBy): Accessor<readonly string[]> =>
    createMemo<readonly string[]>(() => {
      const operand = charts()[by]
      return operand === null ? [] : [operand]
    })
  const lines = grouped(createMemo(() => charts().groupBy))
  const colored = grouped(keysOf('colorBy'))
  const dashed = grouped(keysOf('dashBy'))

  const refusalOf = (by: Accessor<Grouped | null>, look: string): string | null => {
    const [of, split] = [lines(), by()]
    if (of === null || split === null) return null
    const groupOfRun = byRun(split.groups, (group) => group)
    const mixed = of.groups.filter((group) => commonValue(group, groupOfRun) === null).length
    if (mixed === 0) return null
    const some =
      mixed === of.groups.length
        ? 'every group'
        : `${formatCount(mixed)} of ${formatCount(of.groups.length)} groups`
    return `${split.title} differs between the runs of ${some}, so a line has no one ${look} for it. Group by ${split.title} too, or choose what is the same within each group.`
  }
  const refusals = {
    colorBy: createMemo(() => refusalOf(colored, 'colour')),
    dashBy: createMemo(() => refusalOf(dashed, 'dash')),
  }
  const drawnColors = createMemo(() => (refusals.colorBy() === null ? colored() : null))
  const drawnDashes = createMemo(() => (refusals.dashBy() === null ? dashed() : null))
  const colors = createMemo(() => byRun(drawnColors()?.groups, (group) => group.style.color))
  const strokes = createMemo(() => byRun(drawnDashes()?.groups, (_, place) => strokeAt(place)))

  /** A dash that told lines of one colour apart says nothing beside colours that mean something. */
  const lookOf = (id: RunId | undefined, own: RunStyle): RunStyle => {
    const color = id === undefined ? undefined : colors().get(id)
    const stroke = id === undefined ? undefined : strokes().get(id)
    if (color === undefined && stroke === undefined) return own
    return { color: color ?? own.color, stroke: stroke ?? (color === undefined ? own.stroke : 0) }
  }
  const all = createMemo(
    () => lines()?.groups.map((group) => withStyle(group, lookOf(group.runIds[0], group.style))) ?? null,
  )
  const groupsByRun = createMemo(() => byRun(all() ?? undefined, (group) => group))
  const isPending = createMemo(() => charts().groupBy.length > 0 && lines() === null)
  const isShown = (group: RunGroup): boolean => !group.runIds.every((id) => visibility.hidden().has(id))
  const groups = createMemo(() => all()?.filter(isShown) ?? null)

  return {
    groups,
    isPending,
    covered: createMemo(() => {
      const shown = groups()
      if (shown !== null) return new Set(shown.flatMap(({ runIds }) => runIds))
      if (!isPending()) return visibility.visible()
      return new Set(ids().filter((id) => !visibility.hidden().has(id)))
    }),
    groupOf: (id) => groupsByRun().get(id),
    style: (id) => groupsByRun().get(id)?.style ?? lookOf(id, ownStyle(id)),
    legends: createMemo(() => {
      const shown = all()
      const title = lines()?.title ?? ''
      const by = lines()?.operands.join(' ')
      const isSaid = (of: Grouped | null): boolean => of?.operands.join(' ') !== by
      return [
        ...(shown === null
          ? []
          : [{ title, entries: shown.map((group) => groupEntry(group, isShown(group))) }]),
        ...(isSaid(drawnColors())
          ? legendOf(drawnColors(), ({ style: { color } }) => ({ color, stroke: 0 }))
          : []),
        ...(isSaid(drawnDashes())
          ? legendOf(drawnDashes(), (_, place) => ({ color: 'ink-2', stroke: strokeAt(place) }))
          : []),
      ]
    }),
    refusal: (by) => refusals[by](),
  }
}

function withStyle(group: RunGroup, style: RunStyle): RunGroup {
  return { ...group, style }
}

interface Grouped {
  readonly title: string
  readonly operands: readonly string[]
  readonly groups: readonly RunGroup[]
}

/** What all runs of a group have; null where they differ. */
function commonValue(group: RunGroup, valueOf: ReadonlyMap<RunId, RunGroup>): RunGroup | null {
  const [first, ...others] = group.runIds.map((id) => valueOf.get(id))
  return first !== undefined && others.every((other) => other === first) ? first : null
}

function byRun<T>(
  groups: readonly RunGroup[] | undefined,
  look: (group: RunGroup, place: number) => T,
): ReadonlyMap<RunId, T> {
  return new Map(
    (groups ?? []).flatMap((group, place) => group.runIds.map((id) => [id, look(group, place)] as const)),
  )
}

function groupEntry({ text, style, runIds }: RunGroup, isShown: boolean): LegendEntry {
  return { text, style, runs: runIds.length, ...(isShown ? {} : { isHidden: true }) }
}

function legendOf(
  grouped: Grouped | null,
  style: (group: RunGroup, place: number) => RunStyle,
): readonly Legend[] {
  if (grouped === null) return []
  const entries = grouped.groups.map((group, place) => ({ text: group.text, style: style(group, place) }))
  return [{ title: grouped.title, entries }]
}
