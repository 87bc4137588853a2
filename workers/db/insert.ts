import { columnNames, type RowOf, type RowSpec } from '../../src/model/column.ts'
import type { Sql } from './sql.ts'
import type { Bindable } from './statements.ts'

/** Writes a row into a table, every column by its name. */
export type Insert<S extends RowSpec> = (sql: Sql, row: RowOf<S>) => void

interface InsertOptions {
  /** What happens to a row whose key is there: it is left, or replaced, or what it says but for `key` is updated. */
  readonly onConflict?: 'ignore' | 'replace' | { readonly key: string }
}

/** The statement that inserts what a spec says, made once. */
export function makeInsert<S extends RowSpec>(
  table: string,
  spec: S,
  { onConflict }: InsertOptions = {},
): Insert<S> {
  const names = columnNames(spec)
  const verb = typeof onConflict === 'string' ? `insert or ${onConflict}` : 'insert'
  const statement = `${verb} into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`
  const update =
    typeof onConflict === 'object'
      ? ` on conflict (${onConflict.key}) do update set ${names
          .filter((name) => name !== onConflict.key)
          .map((name) => `${name} = excluded.${name}`)
          .join(', ')}`
      : ''
  const query = statement + update
  const fields = Object.entries(spec)
  return (sql, row) => {
    // A commit writes every series that grew: a loop over what is bound, and no closure a field.
    const bound: Bindable[] = []
    for (const [field, { encode }] of fields) {
      const value: unknown = Reflect.get(row, field)
      bound.push(encode === undefined ? (value as Bindable) : encode(value))
    }
    sql.run(query, ...bound)
  }
}
