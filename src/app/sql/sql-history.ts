import { createSignal, type Accessor } from 'solid-js'
import { parseJson } from '../../model/json.ts'
import { parseTexts } from '../workspace/view-fields.ts'

const KEY = 'kymo-sql-history'
const MAX_QUERIES = 50

export interface SqlHistory {
  /** Queries that were run, the last one first, each once. */
  readonly queries: Accessor<readonly string[]>
  add(sql: string): void
  clear(): void
}

/** The queries that were run in this browser; where it forbids storage, those of this visit. */
export function createSqlHistory(): SqlHistory {
  const [queries, setQueries] = createSignal<readonly string[]>(readKept())

  function show(next: readonly string[]): void {
    setQueries(next)
    keep(next)
  }

  return {
    queries,
    add: (sql) => show([sql, ...queries().filter((known) => known !== sql)].slice(0, MAX_QUERIES)),
    clear: () => show([]),
  }
}

function readKept(): readonly string[] {
  try {
    return parseTexts(parseJson(localStorage.getItem(KEY) ?? '[]'), MAX_QUERIES) ?? []
  } catch {
    return []
  }
}

function keep(queries: readonly string[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(queries))
  } catch {
    // Full or forbidden: this visit has them.
  }
}
