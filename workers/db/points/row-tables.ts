import { TEXT } from '../../../src/model/column.ts'
import { pointTables, type StepType } from '../public-tables.ts'
import type { Sql } from '../sql.ts'

const CHUNK_TABLES = ['chunks', 'chunk_blocks', 'chunk_columns']

/** Gives a new database the points of the public schema in place of chunks. No effect on one that has them. */
export function makeRowTables(sql: Sql): void {
  if (hasRows(sql)) return
  sql.transaction(() => {
    // Another process may have done it meanwhile.
    if (hasRows(sql)) return
    for (const table of CHUNK_TABLES) sql.exec(`drop table ${table}`)
    sql.exec(pointTables('integer'))
  })
}

function hasRows(sql: Sql): boolean {
  return sql.exists("select 1 from sqlite_schema where type = 'table' and name = 'points'", [])
}

/** As what the steps of points are kept. */
export function stepTypeOf(sql: Sql): StepType {
  const declared = sql.value("select type from pragma_table_info('points') where name = 'step'", [], TEXT)
  return declared?.toLowerCase() === 'real' ? 'real' : 'integer'
}

/** Writes the points anew so that their steps may be fractions. Cost: a copy of all of them, once in the life of a file. */
export function takeFractions(sql: Sql): void {
  sql.exec('drop view metrics; drop index points_by_series; alter table points rename to whole_points')
  sql.exec(pointTables('real'))
  sql.exec(`insert into points (rowid, series_id, step, value, time)
    select rowid, series_id, step, value, time from whole_points; drop table whole_points`)
}
