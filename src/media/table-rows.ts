import { err, ok } from '../model/result.ts'
import { describeValue } from '../client/refusals.ts'
import { toLabels } from './labels.ts'
import type { Words } from './later.ts'

/** Cells as they were handed over. Shape: for each column its cells, all of one length, missing ones null. */
export interface Cells {
  readonly names: readonly string[]
  readonly rows: number
  readonly columns: readonly (readonly unknown[])[]
}

/** What a table may have is bounded by who draws it: more is data for an artifact. */
const MAX_COLUMNS = 4_096

/** Cells of `{ columns, rows }`, of lists with names of columns, or of objects with keys. */
export function readCells(rows: unknown, columns: unknown): Words<Cells> {
  if (!Array.isArray(rows)) {
    if (typeof rows !== 'object' || rows === null || !('rows' in rows)) {
      return err(`no rows but ${describeValue(rows)}`)
    }
    const inside = 'columns' in rows ? rows.columns : columns
    return Array.isArray(rows.rows)
      ? readCells(rows.rows, inside)
      : err(`no rows but ${describeValue(rows.rows)}`)
  }
  const wrong = rows.findIndex((row) => typeof row !== 'object' || row === null)
  if (wrong >= 0) return err(`row ${wrong} is ${describeValue(rows[wrong])}`)
  const names = toLabels(columns)
  const isOfLists = rows.length > 0 && rows.every(isList)
  const cells = isOfLists
    ? fromLists(rows as readonly ArrayLike<unknown>[], names)
    : fromObjects(rows as readonly object[], names)
  if (cells.ok && cells.value.names.length > MAX_COLUMNS) return err(`${cells.value.names.length} columns`)
  return cells
}

function isList(row: unknown): row is ArrayLike<unknown> {
  return Array.isArray(row) || (ArrayBuffer.isView(row) && !(row instanceof DataView))
}

/** Rows may be shorter than the columns. Errors: a longer one. */
function fromLists(rows: readonly ArrayLike<unknown>[], given: readonly string[] | undefined): Words<Cells> {
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0)
  if (width > MAX_COLUMNS) return err(`${width} columns`)
  const names = given ?? Array.from({ length: width }, (_, index) => String(index))
  const long = rows.findIndex((row) => row.length > names.length)
  if (long >= 0) return err(`row ${long} has ${rows[long]?.length ?? 0} cells for ${names.length} columns`)
  return ok({
    names,
    rows: rows.length,
    columns: names.map((_, column) => rows.map((row) => row[column] ?? null)),
  })
}

/** Columns in the order in which their keys appear. */
function fromObjects(rows: readonly object[], given: readonly string[] | undefined): Words<Cells> {
  const found = new Set<string>()
  if (given === undefined) for (const row of rows) for (const key of Object.keys(row)) found.add(key)
  const names = given ?? [...found]
  return ok({
    names,
    rows: rows.length,
    columns: names.map((name) =>
      rows.map((row) => (Object.hasOwn(row, name) ? (Reflect.get(row, name) ?? null) : null)),
    ),
  })
}
