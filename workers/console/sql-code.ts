/** The console as one piece of code, loaded when it is first asked. */
export { querySql } from './query-sql.ts'

export { copyDatabase } from './copy-database.ts'
