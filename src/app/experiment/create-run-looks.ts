import { createMemo, type Accessor } from 'solid-js'
import type { JsonValue } from '../../model/json.ts'
import type { RunId } from '../../model/units.ts'
import type { RunColumnsByName } from './create-run-columns.ts'
import type { RunRow, RunsState } from './create-runs.ts'
import { operandWords, parseOperand } from '../workspace/operands.ts'
import { groupColor, type RunStyle } from './run-colors.ts'
import { toRunValues } from './run-values.ts'

/** Runs that have the same value of something. */
export interface RunGroup {
  /** Equal for equal values; empty for runs that have none. */
  readonly id: string
  /** “lr 0.01”, “no lr”. */
  readonly name: string
  readonly style: RunStyle
  readonly runIds: readonly RunId[]
}

/** What runs that are told apart by a value look like. */
export interface LegendEntry {
  readonly text: string
  readonly style: RunStyle
}

export interface Legend {
  /** What tells them apart. */
  readonly title: string
  readonly entries: readonly LegendEntry[]
}

/**
 * Groups runs by a value; those without one come last. Numbers are in their order, and so are their colours.
 *
 * Cost: linear, and a sort of the values.
 */
export function groupRuns(
  operand: string,
  column: ReadonlyMap<RunId, JsonValue>,
  runIds: readonly RunId[],
): readonly RunGroup[] {
  const parsed = parseOperand(operand)
  const what = parsed === null ? operand : operandWords(parsed)
  const values = toRunValues(runIds.map((id) => column.get(id) ?? null))
  const members = new Map<number, RunId[]>()
  for (const [index, id] of runIds.entries()) {
    const value = values.values[index] ?? Number.NaN
    const known = members.get(value)
    if (known === undefined) members.set(value, [id])
    else known.push(id)
  }
  const present = [...members.keys()].filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b)
  const isScale = values.kind === 'number'
  const groups = present.map((value, place) => ({
    id: `=${value}`,
    name: `${what} ${values.kind === 'number' ? String(value) : (values.categories[value]?.text ?? '')}`,
    style: groupColor(place, present.length, isScale),
    runIds: members.get(value) ?? [],
  }))
  const missing = members.get(Number.NaN)
  return missing === undefined
    ? groups
    : [
        ...groups,
        {
          id: '',
          name: `no ${what}`,
          style: groupColor(present.length, present.length + 1, false),
          runIds: missing,
        },
      ]
}

export interface LooksState {
  /** The drawn runs that make one line each; null where every run is a line of its own. */
  readonly groups: Accessor<readonly RunGroup[] | null>
  style(id: RunId): RunStyle
  /** What colours and dashes mean, when they mean something. */
  readonly legends: Accessor<readonly Legend[]>
}

/** What runs look like: as themselves, or by the value of something. */
export function createRunLooks(
  runs: RunsState,
  visible: Accessor<ReadonlySet<RunId>>,
  columns: Accessor<RunColumnsByName>,
  groupBy: Accessor<string | null>,
  colorBy: Accessor<string | null>,
  dashBy: Accessor<string | null>,
): LooksState {
  const grouped = (by: Accessor<string | null>) =>
    createMemo(() => {
      const operand = by()
      const column = operand === null ? undefined : columns().get(operand)
      if (operand === null || column === undefined) return null
      const ids = (runs.runs() ?? []).map((run: RunRow) => run.id)
      return { operand, groups: groupRuns(operand, column, ids) }
    })
  const colored = grouped(colorBy)
  const dashed = grouped(dashBy)
  const colors = createMemo(() => byRun(colored()?.groups, (group) => group.style.color))
  const strokes = createMemo(() => byRun(dashed()?.groups, (_, place) => strokeAt(place)))

  return {
    groups: createMemo(() => {
      const operand = groupBy()
      const column = operand === null ? undefined : columns().get(operand)
      return operand === null || column === undefined ? null : groupRuns(operand, column, [...visible()])
    }),
    style(id) {
      const own = runs.style(id)
      const color = colors().get(id)
      const stroke = strokes().get(id)
      if (color === undefined && stroke === undefined) return own
      return {
        color: color ?? own.color,
        // A dash that told runs of one colour apart says nothing beside colours that mean something.
        stroke: stroke ?? (color === undefined ? own.stroke : 0),
      }
    },
    legends: createMemo(() => [
      ...legendOf(colored(), (group) => ({ color: group.style.color, stroke: 0 })),
      ...legendOf(dashed(), (_, place) => ({ color: 'ink-2', stroke: strokeAt(place) })),
    ]),
  }
}

function byRun<T>(
  groups: readonly RunGroup[] | undefined,
  look: (group: RunGroup, place: number) => T,
): ReadonlyMap<RunId, T> {
  return new Map(
    (groups ?? []).flatMap((group, place) => group.runIds.map((id) => [id, look(group, place)] as const)),
  )
}

/** Three dashes can be told apart; what comes later looks like the last. */
function strokeAt(place: number): RunStyle['stroke'] {
  return place === 0 ? 0 : place === 1 ? 1 : 2
}

function legendOf(
  grouped: { readonly operand: string; readonly groups: readonly RunGroup[] } | null,
  style: (group: RunGroup, place: number) => RunStyle,
): readonly Legend[] {
  if (grouped === null) return []
  const parsed = parseOperand(grouped.operand)
  const title = parsed === null ? grouped.operand : operandWords(parsed)
  const entries = grouped.groups.map((group, place) => ({
    text: group.id === '' ? 'none' : group.name.slice(title.length + 1),
    style: style(group, place),
  }))
  return [{ title, entries }]
}
