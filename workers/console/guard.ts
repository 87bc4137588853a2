import { TEXT } from '../../src/model/column.ts'
import { PUBLIC_TABLES } from '../../src/protocol/public-schema.ts'
import type { Engine } from '../db/sqlite.ts'
import { engineOf, type Sql } from '../db/sql.ts'
import { SQL_FUNCTIONS } from './functions.ts'
import { makePublicViews, type PublicViews } from './public-views.ts'

/** What a statement was refused for: the action of SQLite, and what it was about. */
export interface Denial {
  readonly action: number
  readonly subject: string
}

/** Keeps a connection's statements of the console apart from Kymo's own, which are not asked about. */
export interface Guard {
  readonly views: PublicViews
  /** Prepares under guard. Answers what was refused first, if anything was. */
  watch<T>(prepare: () => T): { readonly value: T; readonly denial: Denial | null }
}

/** Virtual tables that only compute. */
const COMPUTED_TABLES: ReadonlySet<string> = new Set(['json_each', 'json_tree'])

const guards = new WeakMap<Sql, Guard>()

/** The guard of a connection. Cost: the first use prepares every kept statement of the connection anew. */
export function guardOf(sql: Sql): Guard {
  const known = guards.get(sql) ?? makeGuard(sql)
  guards.set(sql, known)
  return known
}

/** What the authorizer is told of an action; texts that SQLite leaves out are 0. */
interface Asked {
  readonly action: number
  readonly first: string | 0
  readonly second: string | 0
  readonly database: string | 0
  /** The view or query that the access is a part of. */
  readonly within: string | 0
}

/** Only reads, only of the public tables; everything that is not named here is denied. */
function isAllowed({ capi }: Engine, views: PublicViews, hidden: ReadonlySet<string>, asked: Asked): boolean {
  const { action, first, second, database, within } = asked
  switch (action) {
    case capi.SQLITE_SELECT:
    case capi.SQLITE_RECURSIVE:
      return true
    case capi.SQLITE_FUNCTION:
      return SQL_FUNCTIONS.has(String(second).toLowerCase())
    case capi.SQLITE_READ:
      // What a view reads is its own business.
      if (within !== 0 && views.has(within)) return true
      if (first !== 0 && (views.has(first) || COMPUTED_TABLES.has(first.toLowerCase()))) return true
      // Of what no column is used, queries with a name are asked about like tables.
      return second === '' && database === 0 && !isHidden(hidden, String(first).toLowerCase())
    default:
      return false
  }
}

/** The tables of pragmas come into being when they are named. */
function isHidden(hidden: ReadonlySet<string>, name: string): boolean {
  return hidden.has(name) || name.startsWith('pragma_')
}

/** Names of what exists and is not public. */
function hiddenNames(sql: Sql): ReadonlySet<string> {
  const names = sql.column(
    `select lower(name) from main.sqlite_schema union select lower(name) from pragma_module_list
     union values ('sqlite_schema'), ('sqlite_master'), ('sqlite_temp_schema'), ('sqlite_temp_master')`,
    [],
    TEXT,
  )
  return new Set(names.filter((name) => !(PUBLIC_TABLES as readonly string[]).includes(name)))
}

function makeGuard(sql: Sql): Guard {
  const { pointer } = sql
  const engine = engineOf(sql)
  const { capi } = engine
  const views = makePublicViews(sql)
  const hidden = hiddenNames(sql)
  let isWatching = false
  let denial: Denial | null = null
  capi.sqlite3_set_authorizer(
    pointer,
    (_client, action, first, second, database, within) => {
      if (!isWatching) return 0
      if (isAllowed(engine, views, hidden, { action, first, second, database, within })) return 0
      denial ??= { action, subject: String(action === capi.SQLITE_FUNCTION ? second : first) }
      return capi.SQLITE_DENY
    },
    0,
  )
  return {
    views,
    watch(prepare) {
      isWatching = true
      denial = null
      try {
        return { value: prepare(), denial }
      } finally {
        isWatching = false
      }
    },
  }
}
