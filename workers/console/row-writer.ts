import type { SqlFormat } from '../../src/protocol/sql-api.ts'
import { loadCode } from '../jobs/load-code.ts'
import type { ResultShape, RowPages } from './result-rows.ts'
import { writeCsv } from './write-csv.ts'
import { writeJson } from './write-json.ts'

/** Writes a result as a file. Cost: a page of rows and a few parts of the file in memory. */
export type WriteRows = (shape: ResultShape, pages: RowPages) => Blob | Promise<Blob>

/** The writer of a format; that of Arrow is loaded when it is used. */
export async function loadRowWriter(format: SqlFormat): Promise<WriteRows> {
  switch (format) {
    case 'csv':
      return writeCsv
    case 'json':
      return writeJson
    case 'arrow':
      return (await loadCode(() => import('./write-arrow-rows.ts'))).writeArrowRows
  }
}
