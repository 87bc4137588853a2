import { isJsonObject, parseJson, parseJsonOrText } from '../../src/model/json.ts'
import type { JsonValue } from '../../src/model/json.ts'
import type { RunId } from '../../src/model/units.ts'
import type { CellsRequest, Operand, RunCells, RunTable } from '../../src/protocol/run-query.ts'
import type { Database } from '../db/database.ts'
import type { Row, Sql } from '../db/sql.ts'
import { compileColumn, compilePage } from './run-query-sql.ts'
import type { ResolvedQuery } from './run-query-sql.ts'

/**
 * Finds the runs that match a query and tells the columns of one page.
 *
 * Cost: a pass over the runs of the experiments, a lookup for each of them and each operand of filter and sort.
 */
export function findRuns({ sql }: Database, query: ResolvedQuery): RunTable {
  const { sql: text, values } = compilePage(query)
  const found = sql.first(text, values, (row) => ({ total: row.number(0), runIds: parseIds(row.text(1)) }))
  const { total, runIds } = found ?? { total: 0, runIds: [] }
  return { total, runIds, columns: query.columns.map((operand) => readColumn(sql, operand, runIds)) }
}

/** Reads the list of texts that the engine wrote. */
function parseIds(list: string): readonly RunId[] {
  const ids = parseJson(list)
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []
}

const STILL_THERE = `select r.id from json_each(?1) j join runs r on r.id = j.value
  where r.removed_at is null order by j.key`

/** The columns of some runs, those that were removed left out. Cost: a lookup for each cell. */
export function readCells({ sql }: Database, { runIds, columns }: Omit<CellsRequest, 'database'>): RunCells {
  const found = sql.all(STILL_THERE, [JSON.stringify(runIds)], (row) => row.text(0))
  return { runIds: found, columns: columns.map((operand) => readColumn(sql, operand, found)) }
}

function readColumn(sql: Sql, operand: Operand, runIds: readonly RunId[]): readonly JsonValue[] {
  const { sql: text, values } = compileColumn(operand, JSON.stringify(runIds))
  return sql.all(text, values, (row) => parseCell(row, operand))
}

function parseCell(row: Row, operand: Operand): JsonValue {
  switch (operand.from) {
    case 'metric':
      return row.numberOrNull(0)
    case 'tag':
      return row.textOrNull(0)
    case 'param': {
      const text = row.textOrNull(0)
      return text === null ? null : parseJsonOrText(text)
    }
    case 'summary': {
      const summary = parseJson(row.text(0))
      return isJsonObject(summary) && Object.hasOwn(summary, operand.key)
        ? (summary[operand.key] ?? null)
        : null
    }
    case 'run': {
      const isNumber = NUMBER_FIELDS.has(operand.field)
      return isNumber ? row.numberOrNull(0) : row.textOrNull(0)
    }
  }
}

const NUMBER_FIELDS: ReadonlySet<string> = new Set(['startedAt', 'endedAt', 'duration', 'archivedAt'])
