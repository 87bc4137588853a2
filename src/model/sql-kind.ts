/** The kinds of values of a column, NULL left out; `mixed` when there are several, `null` when there is none. */
export type SqlKind = 'integer' | 'real' | 'text' | 'blob' | 'mixed' | 'null'

const NUMBERS: ReadonlySet<SqlKind> = new Set(['integer', 'real'])

/** What a column is that was of one kind so far, and holds a value of another; undefined for NULL. */
export function joinKinds(before: SqlKind, next: SqlKind | undefined): SqlKind {
  if (next === undefined || next === 'null' || next === before) return before
  if (before === 'null') return next
  return NUMBERS.has(before) && NUMBERS.has(next) ? 'real' : 'mixed'
}
