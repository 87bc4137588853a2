import type { RunId } from '../../model/units.ts'
import { NAME_COLUMN } from '../workspace/table-columns.ts'
import { cellText } from './cell-words.ts'
import { columnName } from './column-words.ts'
import type { TableState } from './table-context.ts'

/** Some runs as they are pasted elsewhere: the names of the columns, then a row a run, numbers at full length. */
export function copiedRows(
  { cells, columns }: TableState,
  runIds: readonly RunId[],
  readOnly: boolean,
): readonly (readonly string[])[] {
  const shown = columns.all().filter((id) => !id.startsWith('curve:'))
  return [
    shown.map(columnName),
    ...runIds.map((runId) =>
      shown.map((id) => {
        const value = cells.value(runId, id)
        if (value === undefined || value === null) return ''
        if (typeof value === 'string' && id === NAME_COLUMN) return value
        if (typeof value === 'number' && !id.startsWith('run:')) return String(value)
        return typeof value === 'string' && !id.startsWith('run:') ? value : cellText(id, value, readOnly)
      }),
    ),
  ]
}
