import type { Direction } from '../../model/experiment.ts'
import { runField } from '../../model/run-fields.ts'
import { AGGREGATES, TABLE_AGGREGATES } from '../../model/aggregates.ts'
import { columnId, NAME_COLUMN, parseColumnId, type ColumnId } from '../workspace/table-columns.ts'
import type { MenuEntry } from '../../widgets/menu.tsx'
import type { TableState } from './table-context.ts'

/** How far a key moves the edge of a column. Unit: CSS pixels. */
export const RESIZE_STEP = 16

const DIRECTION_WORDS: readonly { readonly direction: Direction; readonly text: string }[] = [
  { direction: 'min', text: 'Lower is better' },
  { direction: 'max', text: 'Higher is better' },
  { direction: 'none', text: 'Neither is better' },
]

/** Whether runs can be grouped by what a column says. */
export function isGroupable(id: ColumnId): boolean {
  const column = parseColumnId(id)
  if (column?.from === 'run') return runField(column.field).isGroupable === true
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
  const { group } = arrangement.view()
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
          ...TABLE_AGGREGATES.map((aggregate) => ({
            text: AGGREGATES[aggregate].title,
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
    ...(isGroupable(id) ? [{ text: 'Group by this', run: () => arrangement.groupBy([id]) }] : []),
    ...(isGroupable(id) && group.length > 0 && !group.includes(id)
      ? [{ text: 'Group within groups by this', run: () => arrangement.groupBy([...group, id]) }]
      : []),
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
