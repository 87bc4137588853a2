import { joinKinds, type SqlKind } from '../../src/model/sql-kind.ts'
import type { SqlAnswer, SqlValue } from '../../src/protocol/sql-api.ts'
import type { OpenQuery } from './query.ts'

/** An answer of more bytes ends early; the rest is asked for. Texts count as they are cloned, two bytes a letter. */
const MAX_ANSWER_BYTES = 16 * 2 ** 20
const VALUE_BYTES = 8

/** What is read of a query. */
export type RowQuery = Pick<OpenQuery, 'columns' | 'step' | 'value' | 'kind'>

/** A query that has already answered some rows, and whether it stands on one that it has not. */
export interface RowCursor<Query extends RowQuery = RowQuery> {
  readonly query: Query
  /** Whether the current row is still to be read. */
  isAhead: boolean
}

/** Goes over `offset` rows. Cost: that of finding them. */
export function passRows(cursor: RowCursor, offset: number): void {
  for (let passed = 0; passed < offset; passed += 1) {
    if (!cursor.query.step()) return
  }
}

/** Reads up to `limit` rows as columns, and looks whether there is one more, on which the cursor stays. */
export function readRows(cursor: RowCursor, limit: number): SqlAnswer {
  const startedAt = performance.now()
  const { query } = cursor
  const columns = query.columns.map((name) => ({ name, kind: 'null' as SqlKind, values: [] as SqlValue[] }))
  let rows = 0
  let bytes = 0
  let more = cursor.isAhead || query.step()
  while (more && rows < limit && bytes < MAX_ANSWER_BYTES) {
    for (const [index, column] of columns.entries()) {
      column.kind = joinKinds(column.kind, query.kind(index))
      const value = query.value(index)
      column.values.push(value)
      bytes += bytesOf(value)
    }
    rows += 1
    more = query.step()
  }
  cursor.isAhead = more
  return { columns, rows, more, elapsedMs: performance.now() - startedAt }
}

function bytesOf(value: SqlValue): number {
  if (typeof value === 'string') return VALUE_BYTES + 2 * value.length
  return value instanceof Uint8Array ? VALUE_BYTES + value.length : VALUE_BYTES
}
