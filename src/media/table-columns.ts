import { toJsonValue, type JsonValue } from '../model/json.ts'
import type { ColumnType } from '../model/media-content/table-content.ts'
import { err, ok } from '../model/result.ts'
import { preparedOf, type Prepared } from '../client/media-value.ts'
import { describeValue } from '../client/refusals.ts'
import type { Later, Words } from './later.ts'

/** One column as it was handed over: plain cells, or media files that may still be being prepared. */
export type Column = PlainColumn | MediaColumn

export interface PlainColumn {
  readonly name: string
  readonly type: Extract<ColumnType, 'number' | 'text' | 'boolean' | 'json'>
  readonly cells: readonly JsonValue[]
  readonly files?: undefined
}

export interface MediaColumn {
  readonly name: string
  readonly files: readonly (Later<Prepared> | null)[]
}

/** What a column holds by what is in it: JSON where its cells are of several types. Errors: media among other cells. */
export function readColumn(name: string, cells: readonly unknown[]): Words<Column> {
  const files = cells.map((cell) => preparedOf(cell) ?? null)
  if (files.every((file) => file === null)) return ok(plainColumn(name, cells))
  const other = cells.findIndex((cell, row) => cell !== null && files[row] === null)
  if (other >= 0) return err(`column ${name}: ${describeValue(cells[other])} among media in row ${other}`)
  return ok({ name, files })
}

function plainColumn(name: string, cells: readonly unknown[]): PlainColumn {
  const types = new Set(cells.filter((cell) => cell !== null).map(typeOf))
  const [type = 'text'] = types
  return { name, type: types.size > 1 ? 'json' : type, cells: cells.map(toJsonValue) }
}

function typeOf(cell: unknown): PlainColumn['type'] {
  switch (typeof cell) {
    case 'number':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'string':
    case 'bigint':
      return 'text'
    default:
      return cell instanceof Date ? 'text' : 'json'
  }
}
