import type { RunId } from '../../model/units.ts'
import { MAX_SORTS } from '../../protocol/run-query.ts'
import { NAME_COLUMN, parseColumnId, type ColumnId } from './table-columns.ts'
import { parseTexts, value, type Field } from './view-fields.ts'

export interface TableSort {
  readonly column: ColumnId
  readonly direction: 'ascending' | 'descending'
}

export const GROUP_AGGREGATES = ['mean', 'min', 'max'] as const
/** What the row of a group says of the numbers of its runs. */
export type GroupAggregate = (typeof GROUP_AGGREGATES)[number]

/** How the table of an experiment is arranged. Every list of columns leaves out the name, which comes first. */
export interface TableView {
  /** From left to right; null for the likeliest. */
  readonly columns: readonly ColumnId[] | null
  /** Those of `columns` that stay when the rest is scrolled. */
  readonly pinned: readonly ColumnId[]
  /** Where they are not as at first, the name's too. Unit: CSS pixels. */
  readonly widths: readonly (readonly [ColumnId, number])[]
  /** The first decides; empty for newest first. */
  readonly sort: readonly TableSort[]
  /** The first has the outermost heads; empty for no groups. */
  readonly group: readonly ColumnId[]
  readonly aggregate: GroupAggregate
  /** Groups whose runs are not shown, by key. */
  readonly closed: readonly string[]
  readonly baseline: RunId | null
}

export const INITIAL_TABLE: TableView = {
  columns: null,
  pinned: [],
  widths: [],
  sort: [],
  group: [],
  aggregate: 'mean',
  closed: [],
  baseline: null,
}

/** Bounds of what a link may ask for: no screen shows more, and with what else is read it is one query. */
export const MAX_TABLE_COLUMNS = 200
export const MAX_CLOSED_GROUPS = 200
/** Deeper heads are told apart by nobody. */
export const MAX_TABLE_GROUPS = 6
/** Unit: UTF-16 code units. */
const MAX_TEXT = 2_000
/** Unit: CSS pixels. */
export const MIN_COLUMN_WIDTH = 48
export const MAX_COLUMN_WIDTH = 1_200

/** As it stands in a link, which says only what is not as at first. */
export const TABLE_FIELD: Field<TableView> = {
  ...value<TableView>(INITIAL_TABLE, parseTable),
  print(view) {
    const names = Object.keys(INITIAL_TABLE) as (keyof TableView)[]
    const changed = names.filter((name) => JSON.stringify(view[name]) !== JSON.stringify(INITIAL_TABLE[name]))
    return JSON.stringify(Object.fromEntries(changed.map((name) => [name, view[name]])))
  },
}

/** Makes an arrangement of whatever a link says; undefined for what is none. */
function parseTable(raw: unknown): TableView | undefined {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return undefined
  const part = (name: keyof TableView): unknown => (Object.hasOwn(raw, name) ? Reflect.get(raw, name) : null)
  const columns = part('columns') === null ? null : parseColumns(part('columns'))
  const group = part('group')
  const baseline = part('baseline')
  return {
    columns,
    pinned: parseColumns(part('pinned')),
    widths: parseWidths(part('widths')),
    sort: parseSort(part('sort')),
    // Links of before say one column.
    group: parseColumns(typeof group === 'string' ? [group] : group).slice(0, MAX_TABLE_GROUPS),
    aggregate: GROUP_AGGREGATES.find((each) => each === part('aggregate')) ?? 'mean',
    closed: unique((parseTexts(part('closed'), MAX_CLOSED_GROUPS) ?? []).filter(isShort)),
    baseline: typeof baseline === 'string' && isShort(baseline) && baseline !== '' ? baseline : null,
  }
}

function parseColumns(raw: unknown): readonly ColumnId[] {
  const texts = parseTexts(raw, MAX_TABLE_COLUMNS) ?? []
  return unique(texts.filter((id) => isColumn(id) && id !== NAME_COLUMN))
}

function parseWidths(raw: unknown): TableView['widths'] {
  if (!Array.isArray(raw)) return []
  const widths = new Map<ColumnId, number>()
  for (const entry of raw.slice(0, MAX_TABLE_COLUMNS)) {
    if (!Array.isArray(entry)) continue
    const [id, width] = entry as readonly unknown[]
    if (isColumn(id) && typeof width === 'number' && width >= MIN_COLUMN_WIDTH && width <= MAX_COLUMN_WIDTH)
      widths.set(id, Math.round(width))
  }
  return [...widths]
}

function parseSort(raw: unknown): readonly TableSort[] {
  if (!Array.isArray(raw)) return []
  const sorts = new Map<ColumnId, TableSort>()
  for (const entry of raw.slice(0, MAX_SORTS)) {
    if (typeof entry !== 'object' || entry === null) continue
    const { column, direction } = entry as Readonly<Record<string, unknown>>
    if (isColumn(column) && (direction === 'ascending' || direction === 'descending'))
      sorts.set(column, { column, direction })
  }
  return [...sorts.values()]
}

function isColumn(raw: unknown): raw is ColumnId {
  return typeof raw === 'string' && parseColumnId(raw) !== undefined
}

function isShort(text: string): boolean {
  return text.length <= MAX_TEXT
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}
