import { parentPort } from 'node:worker_threads'
import { columnName, type Column } from '../../src/model/column.ts'
import { err, ok, type Result } from '../../src/model/result.ts'
import { sqlStatements } from '../../src/model/sql-text.ts'
import type { SqlKind } from '../../src/model/sql-kind.ts'
import { PUBLIC_TABLES, TABLES, type PublicTable } from '../../src/protocol/public-schema.ts'
import type { SqlAnswer, SqlValue } from '../../src/protocol/sql-api.ts'
import { trackerError, type TrackerError } from '../../src/protocol/tracker-error.ts'
import { publicRows, shownColumn } from '../console/public-views.ts'
import { passRows, readRows, type RowQuery } from '../console/read-rows.ts'
import { explainEngine, sqlWrong, whyNoQuery } from '../console/sql-errors.ts'
import type { Driver } from '../native/driver.ts'
import { loadDrivers } from '../native/load-drivers.ts'

/** What the thread of a query is asked. */
export interface SqlAsked {
  /** Databases of a project. */
  readonly paths: readonly string[]
  readonly sql: string
  readonly offset: number
  readonly limit: number
}

/** Numbers of series, arrays and blobs are of one database; those of the n-th begin here times n. */
const SPAN = 2 ** 32
/** Parts of a blob have its number times this. */
const PARTS_OF_BLOB = 65_536
const NUMBERED: ReadonlySet<string> = new Set(['series.id', 'points.series_id', 'arrays.id', 'blobs.id'])

/** SQLite attaches no more. Source: sqlite.org/limits.html. */
const MAX_ATTACHED = 10

const drivers = loadDrivers()

parentPort?.once('message', (asked: SqlAsked) => {
  parentPort?.postMessage(answer(asked))
})

function answer({ paths, sql, offset, limit }: SqlAsked): Result<SqlAnswer, TrackerError> {
  if (paths.length > MAX_ATTACHED)
    return err(
      trackerError(
        'sql-wrong',
        `SQL is asked of up to ${MAX_ATTACHED} experiments at once, and here are ${paths.length}: kymo query "select …" --experiment NAME asks one.`,
      ),
    )
  const written = readStatement(sql)
  if (!written.ok) return written
  const driver = drivers.open(':memory:')
  const startedAt = performance.now()
  try {
    showAll(driver, paths)
    const cursor = { query: toQuery(driver, written.value), isAhead: false }
    passRows(cursor, offset)
    return ok({ ...readRows(cursor, limit), elapsedMs: performance.now() - startedAt })
  } catch (cause) {
    const code = drivers.codeOf(cause)
    if (code === null || !(cause instanceof Error)) throw cause
    return err(explainEngine(code % 256, cause.message, sql, null))
  } finally {
    driver.close()
  }
}

function readStatement(sql: string): Result<string, TrackerError> {
  const [statement, another] = sqlStatements(sql)
  if (statement === undefined)
    return err(sqlWrong('There is no query yet. Write one, or choose an example.', 0, 0))
  if (another !== undefined)
    return err(sqlWrong('These are several queries; one is run at a time.', another.from, another.to))
  const text = sql.slice(statement.from, statement.to)
  const objection = whyNoQuery(text, statement.from)
  return objection === null ? ok(text) : err(objection)
}

/** The public tables, each over all databases. Nothing can be written afterwards. */
function showAll(driver: Driver, paths: readonly string[]): void {
  for (const [index, path] of paths.entries())
    driver.exec(`attach '${path.replaceAll("'", "''")}' as ${schemaOf(index)}`)
  for (const table of PUBLIC_TABLES) {
    const parts = paths.map(
      (_, index) => `select ${columnsOf(table, index)} from ${publicRows(table, schemaOf(index))}`,
    )
    driver.exec(`create temp view ${table} as ${parts.join(' union all ')}`)
  }
  driver.exec('pragma query_only = on; pragma trusted_schema = off')
}

function schemaOf(index: number): string {
  return `kymo${index}`
}

function columnsOf(table: PublicTable, index: number): string {
  return Object.entries<Column<unknown>>(TABLES[table])
    .map((entry) => {
      const name = columnName(entry[0])
      const first = index * SPAN * (table === 'blob_parts' ? PARTS_OF_BLOB : 1)
      const isNumbered =
        NUMBERED.has(`${table}.${name}`) || name === 'blob_id' || (table === 'blob_parts' && name === 'id')
      return isNumbered && first > 0 ? `${name} + ${first} as ${name}` : shownColumn(entry)
    })
    .join(', ')
}

function toQuery(driver: Driver, sql: string): RowQuery {
  const statement = driver.prepare(sql)
  const rows = statement.rows([])
  let cells: readonly unknown[] = []
  return {
    columns: statement.columns(),
    step() {
      const { done, value } = rows.next()
      cells = done === true ? [] : value
      return done !== true
    },
    value: (column) => cells[column] as SqlValue,
    kind: (column) => kindOf(cells[column]),
  }
}

function kindOf(value: unknown): SqlKind | undefined {
  if (value === null) return undefined
  if (typeof value === 'string') return 'text'
  if (value instanceof Uint8Array) return 'blob'
  return Number.isInteger(value) ? 'integer' : 'real'
}
