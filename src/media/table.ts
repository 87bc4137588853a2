import type { MediaValue, Prepared } from '../client/media-value.ts'
import { andThen, type Later } from './later.ts'
import { mediaValue } from './shown.ts'
import { tableBytes, type ReadyColumn } from './table-bytes.ts'
import { readColumn, type Column } from './table-columns.ts'
import { readCells, type Cells } from './table-rows.ts'

export type TableRows = readonly (readonly unknown[] | Readonly<Record<string, unknown>>)[]

/**
 * Rows of anything: objects, lists with the names of their columns, or `{ columns, rows }`.
 *
 * What a column holds is found from its cells; those may be what `image`, `audio` and `video` make. A row may be shorter
 * than the columns are many.
 */
export function table(
  rows: TableRows | { readonly columns?: readonly string[]; readonly rows: TableRows },
  columns?: readonly string[],
): MediaValue {
  return mediaValue(() => andThen(readCells(rows, columns), show))
}

function show({ names, columns, rows }: Cells): Later<Prepared> {
  const read: Column[] = []
  for (const [index, name] of names.entries()) {
    const column = readColumn(name, columns[index] ?? [])
    if (!column.ok) return column
    read.push(column.value)
  }
  const plain = read.filter((column) => column.files === undefined)
  if (plain.length === read.length) return tableBytes(plain, rows)
  return Promise.all(read.map(settled)).then((ready) => tableBytes(ready, rows))
}

async function settled(column: Column): Promise<ReadyColumn> {
  return column.files === undefined ? column : { name: column.name, files: await Promise.all(column.files) }
}
