import { TEXT } from '../../src/model/column.ts'
import { placesOf } from '../../src/model/value-paths.ts'
import type { KnownNames } from '../../src/filter/resolve.ts'
import type { ExperimentId } from '../../src/model/units.ts'
import type { Database } from '../db/database.ts'
import type { Sql } from '../db/sql.ts'
import { readLeaves, shortSql } from './read-leaves.ts'
import { innerValue } from './value-sql.ts'

const SOURCES = [
  { from: 'metric', table: 'series' },
  { from: 'param', table: 'params' },
  { from: 'tag', table: 'tags' },
] as const

const OF_EXPERIMENTS = `r.removed_at is null
  and (?1 is null or r.experiment_id in (select value from json_each(?1)))`

const PARAM_ENTRIES = 'params k join runs r on r.id = k.run_id'
const SUMMARY_ENTRIES =
  "runs r join json_each(case when json_valid(r.summary) then r.summary else '{}' end) k"
const PARAMS = `select k.key, ${shortSql('k.value')} as value from ${PARAM_ENTRIES} where ${OF_EXPERIMENTS}`

/** The names that runs of some experiments have, looked up one by one. */
export function makeKnownNames(
  { sql }: Database,
  experimentIds: readonly ExperimentId[] | null,
): Pick<KnownNames, 'kindOf' | 'all'> {
  const experiments = experimentIds === null ? null : JSON.stringify(experimentIds)
  return {
    kindOf(key) {
      for (const { from, table } of SOURCES) {
        if (has(sql, table, key, experiments)) return from
        if (from === 'param' && hasInside(sql, PARAM_ENTRIES, key, experiments)) return from
      }
      const isSummary = hasSummary(sql, key, experiments) || hasInside(sql, SUMMARY_ENTRIES, key, experiments)
      return isSummary ? 'summary' : null
    },
    all: () => [
      ...SOURCES.flatMap(({ table }) => keysOf(sql, table, experiments)),
      ...readLeaves(sql, PARAMS, [experiments]).keys(),
    ],
  }
}

function has(sql: Sql, table: string, key: string, experiments: string | null): boolean {
  return sql.exists(
    `select 1 from ${table} k join runs r on r.id = k.run_id where ${OF_EXPERIMENTS} and k.key = ?2 limit 1`,
    [experiments, key],
  )
}

/** Whether a run has something at that path inside a param, or inside a key of its summary. */
function hasInside(sql: Sql, entries: string, path: string, experiments: string | null): boolean {
  return placesOf(path).some((place) =>
    sql.exists(
      `select 1 from ${entries} where ${OF_EXPERIMENTS} and k.key = ?2 and ${innerValue('k.value', '?3')} is not null limit 1`,
      [experiments, place.key, place.path],
    ),
  )
}

function hasSummary(sql: Sql, key: string, experiments: string | null): boolean {
  return sql.exists(
    `select 1 from runs r join json_each(case when json_valid(r.summary) then r.summary else '{}' end) e
      where ${OF_EXPERIMENTS} and e.key = ?2 limit 1`,
    [experiments, key],
  )
}

function keysOf(sql: Sql, table: string, experiments: string | null): readonly string[] {
  return sql.column(
    `select distinct k.key from ${table} k join runs r on r.id = k.run_id where ${OF_EXPERIMENTS}`,
    [experiments],
    TEXT,
  )
}
