import { MAX_SQL_LENGTH } from '../../protocol/sql-api.ts'
import type { Field } from './view-fields.ts'

/** The text of the console, at most as long as a query may be. */
export const sqlField: Field<string> = {
  initial: '',
  print: (sql) => sql,
  parse: (written) => (written.length <= MAX_SQL_LENGTH ? written : undefined),
}
