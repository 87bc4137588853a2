import { columnName, TEXT, type Column } from '../../src/model/column.ts'
import { createId } from '../../src/model/units.ts'
import { PUBLIC_TABLES, TABLES, type PublicTable } from '../../src/protocol/public-schema.ts'
import type { Sql } from '../db/sql.ts'
import { readWithClause } from './with-clause.ts'

/** Whether the run of a row is shown: a removed one is not, and few are removed. */
const IS_SHOWN = 'run_id not in (select id from main.runs where removed_at is not null)'
const IS_SHOWN_EXPERIMENT = 'experiment_id in (select experiment_id from main.runs where removed_at is null)'
const SHOWN_ARTIFACTS = `select id from main.artifacts where removed_at is null and ${IS_SHOWN}`
const SHOWN_BLOBS = `select blob_id from main.arrays where blob_id is not null and upload is null and ${IS_SHOWN}
  union select blob_id from main.artifact_files where blob_id is not null and artifact_id in (${SHOWN_ARTIFACTS})`

/** Where the rows of a public table come from; `points` is the virtual table of the connection. */
const SOURCES: Readonly<Record<PublicTable, string>> = {
  experiments:
    'main.experiments e where exists (select 1 from main.runs r where r.experiment_id = e.id and r.removed_at is null)',
  runs: 'main.runs where removed_at is null',
  params: `main.params where ${IS_SHOWN}`,
  tags: `main.tags where ${IS_SHOWN}`,
  events: `main.events where ${IS_SHOWN}`,
  directions: `main.directions where ${IS_SHOWN_EXPERIMENT}`,
  views: `main.views where ${IS_SHOWN_EXPERIMENT}`,
  refusals: `main.refusals where ${IS_SHOWN}`,
  series: `main.series where ${IS_SHOWN}`,
  points: 'points',
  metrics: `(select s.run_id, s.key, p.step, p.value, p.time from main.series s join points p on p.series_id = s.id
    where s.${IS_SHOWN})`,
  arrays: `main.arrays where upload is null and ${IS_SHOWN}`,
  console_lines: `main.console_lines where ${IS_SHOWN}`,
  artifacts: `main.artifacts where removed_at is null and ${IS_SHOWN}`,
  artifact_files: `main.artifact_files where artifact_id in (${SHOWN_ARTIFACTS})`,
  artifact_aliases: `main.artifact_aliases where artifact_id in (${SHOWN_ARTIFACTS})`,
  artifact_uses: `main.artifact_uses where artifact_id in (${SHOWN_ARTIFACTS})`,
  artifact_policies: `main.artifact_policies where ${IS_SHOWN_EXPERIMENT}`,
  models: `main.models where name in
    (select model from main.model_versions where artifact_id in (${SHOWN_ARTIFACTS}))`,
  model_versions: `main.model_versions where artifact_id in (${SHOWN_ARTIFACTS})`,
  alerts: `main.alerts where ${IS_SHOWN_EXPERIMENT}`,
  blobs: `main.blobs where id in (${SHOWN_BLOBS})`,
  blob_parts: `main.blob_parts where id / 65536 in (${SHOWN_BLOBS})`,
}

/** The rows of a public table in a database that is attached under a name, and keeps points as rows. */
export function publicRows(table: PublicTable, schema: string): string {
  const shown = `${schema}.series where ${IS_SHOWN}`.replaceAll('main.', `${schema}.`)
  if (table === 'points') return `${schema}.points where series_id in (select id from ${shown})`
  if (table === 'metrics')
    return `(select s.run_id, s.key, p.step, p.value, p.time from (select * from ${shown}) s join ${schema}.points p on p.series_id = s.id)`
  return SOURCES[table].replaceAll('main.', `${schema}.`)
}

/** Whole steps are integers, as those of `points` are, though the columns of Kymo's tables are real. */
export function shownColumn([field, { isStep }]: readonly [string, Column<unknown>]): string {
  const name = columnName(field)
  return isStep
    ? `iif(${name} = cast(${name} as integer), cast(${name} as integer), ${name}) as ${name}`
    : name
}

/** The public tables of one connection, as views under names of their own: bare, they would hide Kymo's tables from itself. */
export interface PublicViews {
  /** Creates those that are missing: a transaction that was rolled back takes them along. */
  ensure(): void
  has(name: string): boolean
  /**
   * A statement to which the public names mean the views; names it defines itself stay its own.
   *
   * Shape: `prefix`, then the statement from `restAt` on.
   */
  scope(statement: string): { readonly prefix: string; readonly restAt: number }
}

/** Names nobody can guess, so that no query passes for a view and reads what it may not. */
export function makePublicViews(sql: Sql): PublicViews {
  const prefix = `public_${createId()}_`
  return {
    ensure() {
      const known = sql.column('select name from temp.sqlite_schema where type = ?', ['view'], TEXT)
      for (const table of PUBLIC_TABLES) {
        if (known.includes(`${prefix}${table}`)) continue
        const columns = Object.entries<Column<unknown>>(TABLES[table]).map(shownColumn).join(', ')
        sql.exec(`create temp view ${prefix}${table} as select ${columns} from ${SOURCES[table]}`)
      }
    },
    has: (name) => name.startsWith(prefix),
    scope(statement) {
      const { names, restAt } = readWithClause(statement)
      const scoped = PUBLIC_TABLES.filter((table) => !names.includes(table)).map(
        (table) => `${table} as not materialized (select * from temp.${prefix}${table})`,
      )
      const [comma, recursive] = [names.length > 0 ? ', ' : ' ', 'with recursive ']
      if (scoped.length === 0) return { prefix: names.length > 0 ? recursive : '', restAt }
      return { prefix: `${recursive}${scoped.join(', ')}${comma}`, restAt }
    },
  }
}
