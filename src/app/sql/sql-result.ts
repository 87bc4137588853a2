import { joinKinds } from '../../model/sql-kind.ts'
import type { SqlAnswer, SqlColumn } from '../../protocol/sql-api.ts'

/** Rows kept in the page; whoever wants more exports. */
export const MAX_HELD_ROWS = 100_000

/** What is shown of a query. */
export interface SqlResult extends SqlAnswer {
  /** The query that was answered. */
  readonly sql: string
  /** Whether it ran over a copy, because it takes long. */
  readonly isOfCopy: boolean
}

/** A result with the rows that follow it. */
export function joinAnswers(before: SqlResult, next: SqlAnswer): SqlResult {
  const columns = before.columns.map((column, index): SqlColumn => {
    const more = next.columns[index]
    if (more === undefined) return column
    const kind = joinKinds(column.kind, more.kind)
    return { name: column.name, kind, values: [...column.values, ...more.values] }
  })
  return { ...before, columns, rows: before.rows + next.rows, more: next.more }
}
