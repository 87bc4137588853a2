import type { Direction } from '../../model/experiment.ts'
import type { MetricAggregate } from '../../protocol/run-query.ts'
import { columnId, NAME_COLUMN, parseColumnId, type ColumnId } from '../workspace/table-columns.ts'
import type { MenuEntry } from '../../widgets/menu.tsx'
import type { TableState } from './table-context.ts'

/** How far a key moves the edge of a column. Unit: CSS pixels. */
export const RESIZE_STEP = 16

const SHOWN_AGGREGATES: readonly { readonly aggregate: MetricAggregate; readonly text: string }[] = [
  { aggregate: 'last', text: 'Last value' },
  { aggregate: 'min', text: 'Smallest value' },
  { aggregate: 'max', text: 'Largest value' },
  { aggregate: 'mean', text: 'Mean' },
  { aggregate: 'first', text: 'First value' },
]

const DIRECTION_WORDS: readonly { readonly direction: Direction; readonly text: string }[] = [
  { direction: 'min', text: 'Lower is better' },
  { direction: 'max', text: 'Higher is better' },
  { direction: 'none', text: 'Neither is better' },
]

/** Whether runs can be grouped by what a column says. */
export function isGroupable(id: ColumnId): boolean {
  const column = parseColumnId(id)
  if (column?.from === 'run') return /^(status|group|jobType)$/.test(column.field)
  return column?.from === 'param' || column?.from === 'tag' || column?.from === 'summary'
}

/** What can be done with one column. */
export function columnEntries(
  { arrangement, columns, directionOf }: TableState,
  id: ColumnId,
  /** null where nothing may be changed. */
  setDirection: ((metric: string, direction: Direction) => void) | null,
): readonly MenuEntry[] {
  const column = parseColumnId(id)
  const sort = arrangement.view().sort.find((each) => each.column === id)
  const isPinned = arrangement.pinned().includes(id)
  const isName = id === NAME_COLUMN
  return [
    {
      text: 'Sort ascending',
      checked: sort?.direction === 'ascending',
      run: () => arrangement.setSort(id, 'ascending'),
    },
    {
      text: 'Sort descending',
      checked: sort?.direction === 'descending',
      run: () => arrangement.setSort(id, 'descending'),
    },
    { text: 'Then by this', hint: 'Shift+Enter', run: () => arrangement.sortBy(id, true) },
    ...(column?.from === 'metric'
      ? [
          null,
          ...SHOWN_AGGREGATES.map(({ aggregate, text }) => ({
            text,
            checked: column.aggregate === aggregate,
            run: () => arrangement.replace(id, columnId({ ...column, aggregate })),
          })),
        ]
      : []),
    ...(column?.from === 'metric' && setDirection !== null
      ? [
          null,
          ...DIRECTION_WORDS.map(({ direction, text }) => ({
            text,
            checked: directionOf(column.key) === direction,
            run: () => setDirection(column.key, direction),
          })),
        ]
      : []),
    null,
    ...(isGroupable(id) ? [{ text: 'Group by this', run: () => arrangement.groupBy(id) }] : []),
    { text: 'Wider', hint: 'Shift+→', run: () => columns.resize(id, columns.width(id) + RESIZE_STEP * 4) },
    { text: 'Narrower', hint: 'Shift+←', run: () => columns.resize(id, columns.width(id) - RESIZE_STEP * 4) },
    ...(isName
      ? []
      : [
          { text: 'Move left', hint: 'Alt+←', run: () => arrangement.move(id, -1) },
          { text: 'Move right', hint: 'Alt+→', run: () => arrangement.move(id, 1) },
          { text: isPinned ? 'Unpin' : 'Pin left', run: () => arrangement.setPinned(id, !isPinned) },
          null,
          { text: 'Hide', hint: 'Delete', run: () => arrangement.hide(id) },
        ]),
  ]
}
