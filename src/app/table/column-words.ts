import { runField } from '../../model/run-fields.ts'
import { AGGREGATES } from '../../model/aggregates.ts'
import { NAME_COLUMN, parseColumnId, type ColumnId } from '../workspace/table-columns.ts'

/** What a column is called, and what kind of thing it is, said after it in a quieter voice. */
export interface ColumnWords {
  readonly title: string
  readonly detail: string
}

export function columnWords(id: ColumnId): ColumnWords {
  const column = parseColumnId(id)
  if (column === undefined) return { title: id, detail: '' }
  switch (column.from) {
    case 'run':
      return { title: runField(column.field).title, detail: '' }
    case 'param':
      return { title: column.key, detail: '' }
    case 'metric':
      return { title: column.key, detail: AGGREGATES[column.aggregate].words }
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
      return runField(column.field).width ?? 128
    case 'metric':
      return compares.baseline ? 184 : compares.groups ? 144 : 112
    case 'curve':
      return 128
    default:
      return compares.groups ? 144 : 112
  }
}
