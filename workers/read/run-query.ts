import { INTEGER, REAL_OR_NULL, TEXT, TEXT_OR_NULL, type Column } from '../../src/model/column.ts'
import { inNaturalOrder } from '../../src/model/natural-order.ts'
import { isJsonObject, parseJson, parseJsonOrText } from '../../src/model/json.ts'
import type { JsonValue } from '../../src/model/json.ts'
import { valueAt } from '../../src/model/value-paths.ts'
import type { RunId } from '../../src/model/units.ts'
import type { CellsRequest, Operand, RunCells, RunTable } from '../../src/protocol/run-query.ts'
import type { Database } from '../db/database.ts'
import type { Sql } from '../db/sql.ts'
import { compileColumn, compilePage, compileTexts, runFieldType } from './run-query-sql.ts'
import type { ResolvedQuery } from './run-query-sql.ts'

/**
 * Finds the runs that match a query and tells the columns of one page.
 *
 * Cost: a pass over the runs of the experiments, a lookup for each of them and each operand of filter and sort.
 */
export function findRuns(database: Database, query: ResolvedQuery): RunTable {
  const { sql } = database
  const textOrders = query.sort.map(({ by }) => findTextOrder(database, by, query.experimentIds))
  const { sql: text, values } = compilePage(query, textOrders)
  const found = sql.first(text, values, PAGE)
  const { total, runIds } = found ?? { total: 0, runIds: [] }
  return { total, runIds, columns: query.columns.map((operand) => readColumn(sql, operand, runIds)) }
}

const DIGIT = /\d/

/** The texts of an operand in the order a reader expects; null where that of the engine is the same. Cost: as of a pattern. */
function findTextOrder(
  { sql }: Database,
  operand: Operand,
  experimentIds: ResolvedQuery['experimentIds'],
): readonly string[] | null {
  if (operand.from === 'metric' || (operand.from === 'run' && runFieldType(operand.field) === 'number'))
    return null
  const { sql: text, values } = compileTexts(operand, experimentIds)
  const texts = sql.column(text, values, TEXT)
  return texts.some((text) => DIGIT.test(text)) ? inNaturalOrder(texts) : null
}

/** A list of texts that the engine wrote. */
const IDS: Column<readonly RunId[]> = {
  sql: 'text not null',
  cell: 'text',
  decode: (list) => {
    const ids = parseJson(String(list))
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []
  },
  parse: () => undefined,
}

const PAGE = { total: INTEGER, runIds: IDS } as const

const STILL_THERE = `select r.id from json_each(?1) j join runs r on r.id = j.value
  where r.removed_at is null order by j.key`

/** The columns of some runs, those that were removed left out. Cost: a lookup for each cell. */
export function readCells({ sql }: Database, { runIds, columns }: Omit<CellsRequest, 'database'>): RunCells {
  const found = sql.column(STILL_THERE, [JSON.stringify(runIds)], TEXT)
  return { runIds: found, columns: columns.map((operand) => readColumn(sql, operand, found)) }
}

function readColumn(sql: Sql, operand: Operand, runIds: readonly RunId[]): readonly JsonValue[] {
  const listed = JSON.stringify(runIds)
  const { sql: text, values } = compileColumn(operand, listed)
  const cells = sql.column(text, values, cellOf(operand))
  if (operand.from !== 'metric' || !cells.includes(null)) return cells
  // NULL is NaN where something was logged.
  const isLogged = sql.column(IS_LOGGED, [listed, operand.key], INTEGER)
  return cells.map((cell, index) => (cell === null && isLogged[index] === 1 ? 'NaN' : cell))
}

const IS_LOGGED = `select s.run_id is not null from json_each(?1) j join runs r on r.id = j.value
  left join series s on s.run_id = r.id and s.key = ?2 order by j.key`

/** What the cells of an operand hold. */
function cellOf(operand: Operand): Column<JsonValue> {
  switch (operand.from) {
    case 'metric':
      return REAL_OR_NULL
    case 'tag':
      return TEXT_OR_NULL
    case 'param':
      return PARAM
    case 'summary':
      return summaryEntry(operand.key)
    case 'run':
      return runFieldType(operand.field) === 'text' ? TEXT_OR_NULL : REAL_OR_NULL
  }
}

const PARAM: Column<JsonValue> = {
  ...TEXT_OR_NULL,
  decode: (text) => (typeof text === 'string' ? parseJsonOrText(text) : null),
}

function summaryEntry(key: string): Column<JsonValue> {
  return {
    ...TEXT_OR_NULL,
    decode: (text) => {
      const summary = parseJson(String(text))
      return isJsonObject(summary) ? (valueAt(summary, key) ?? null) : null
    },
  }
}
