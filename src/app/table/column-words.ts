import type { RunField } from '../../protocol/run-query.ts'
import { NAME_COLUMN, parseColumnId, type ColumnId } from '../workspace/table-columns.ts'

/** What a column is called, and what kind of thing it is, said after it in a quieter voice. */
export interface ColumnWords {
  readonly title: string
  readonly detail: string
}

const FIELD_WORDS: Readonly<Record<RunField, string>> = {
  id: 'ID',
  name: 'Name',
  status: 'Status',
  startedAt: 'Started',
  endedAt: 'Ended',
  duration: 'Duration',
  group: 'Group',
  jobType: 'Job type',
  color: 'Colour',
  notes: 'Notes',
  archivedAt: 'Archived',
}

export function columnWords(id: ColumnId): ColumnWords {
  const column = parseColumnId(id)
  if (column === undefined) return { title: id, detail: '' }
  switch (column.from) {
    case 'run':
      return { title: FIELD_WORDS[column.field], detail: '' }
    case 'param':
      return { title: column.key, detail: '' }
    case 'metric':
      return {
        title: column.key,
        detail: column.aggregate === 'lastStep' ? 'last step' : column.aggregate,
      }
    case 'curve':
      return { title: column.key, detail: 'curve' }
    default:
      return { title: column.key, detail: column.from }
  }
}

/** Both in one: `val/acc, max`. */
export function columnName(id: ColumnId): string {
  const { title, detail } = columnWords(id)
  return detail === '' ? title : `${title}, ${detail}`
}

/** Pointers that are fingers need room; so do narrow screens for what is beside the name. */
const NARROW = matchMedia('(max-width: 760px)')

/** As wide as a column is until it is dragged. Unit: CSS pixels. */
export function initialWidth(
  id: ColumnId,
  compares: { readonly groups: boolean; readonly baseline: boolean },
): number {
  if (id === NAME_COLUMN) return NARROW.matches ? 176 : 248
  const column = parseColumnId(id)
  switch (column?.from) {
    case 'run':
      return FIELD_WIDTHS[column.field] ?? 128
    case 'metric':
      return compares.baseline ? 184 : compares.groups ? 144 : 112
    case 'curve':
      return 128
    default:
      return compares.groups ? 144 : 112
  }
}

const FIELD_WIDTHS: Partial<Record<RunField, number>> = {
  startedAt: 148,
  endedAt: 148,
  archivedAt: 148,
  duration: 88,
  status: 104,
  notes: 240,
}
