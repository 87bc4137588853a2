import { columnNames, type RowOf, type RowSpec } from '../../src/model/column.ts'
import type { Sql } from './sql.ts'
import type { Bindable } from './statements.ts'

/** Writes a row into a table, every column by its name. */
export type Insert<S extends RowSpec> = (sql: Sql, row: RowOf<S>) => void

interface InsertOptions {
  /** A row whose key is there is left as it is, and not refused. */
  readonly onConflict?: 'ignore'
}

/** The statement that inserts what a spec says, made once. */
export function makeInsert<S extends RowSpec>(
  table: string,
  spec: S,
  { onConflict }: InsertOptions = {},
): Insert<S> {
  const insert = insertInto(table, columnNames(spec), onConflict)
  const bind = bindingOf(spec)
  return (sql, row) => {
    const values: Bindable[] = []
    bind(row, values)
    sql.run(insert, ...values)
  }
}

/**
 * Inserts a row, or updates the fields of one whose `id` is there; what it is known by stays.
 *
 * A commit writes every series that grew, so the two halves of a row come as they lie: to copy numbers from one object into
 * another takes longer than to bind them.
 */
export function makeUpsert<K extends RowSpec, F extends RowSpec>(
  table: string,
  knownBy: K,
  fields: F,
): (sql: Sql, known: RowOf<K>, row: RowOf<F>) => void {
  const names = columnNames(fields)
  const updates = names.map((name) => `${name} = excluded.${name}`).join(', ')
  const upsert = `${insertInto(table, [...columnNames(knownBy), ...names])} on conflict (id) do update set ${updates}`
  const bindKnown = bindingOf(knownBy)
  const bindFields = bindingOf(fields)
  return (sql, known, row) => {
    const values: Bindable[] = []
    bindKnown(known, values)
    bindFields(row, values)
    sql.run(upsert, ...values)
  }
}

function insertInto(table: string, names: readonly string[], onConflict?: 'ignore'): string {
  const verb = onConflict === undefined ? 'insert' : `insert or ${onConflict}`
  return `${verb} into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`
}

/** Appends the fields of a row to the values of a statement. */
function bindingOf<S extends RowSpec>(spec: S): (row: RowOf<S>, values: Bindable[]) => void {
  const fields: readonly (keyof S)[] = Object.keys(spec)
  const encoders = Object.values(spec).map(({ encode }) => encode)
  return (row, values) => {
    for (let place = 0; place < fields.length; place++) {
      const value: unknown = row[fields[place] as keyof S]
      const encode = encoders[place]
      values.push(encode === undefined ? (value as Bindable) : encode(value))
    }
  }
}
