import { err, ok, type Result } from '../../model/result.ts'
import type { DatasetValue, TensorValues } from './capture-options.ts'
import { parseCsv } from './parse-csv.ts'

/** A dataset as cells. Shape: `names` one entry a column; a cell that a row does not have is undefined. */
export interface DatasetTable {
  readonly names: readonly string[]
  readonly rows: number
  cell(row: number, column: number): unknown
  /** Rows that have not as many values as the others. */
  readonly ragged: number
}

/** What one page can look at in some seconds. */
const MAX_CELLS = 50_000_000
const MAX_COLUMNS = 10_000
/** Unit: bytes of CSV. */
const MAX_CSV_BYTES = 256 * 2 ** 20

const ONE_COLUMN = ['value']

/** Reads whatever a training calls a dataset. Errors: why it is none, in words. */
export async function toTable(
  value: DatasetValue,
  shape: readonly number[] | undefined,
): Promise<Result<DatasetTable, string>> {
  const table = await readTable(value, shape)
  if (!table.ok) return table
  const { names, rows } = table.value
  if (names.length > MAX_COLUMNS) return err(`more than ${MAX_COLUMNS.toLocaleString('en-US')} columns`)
  if (names.length * rows > MAX_CELLS) return err(`more than ${MAX_CELLS.toLocaleString('en-US')} values`)
  return table
}

async function readTable(
  value: DatasetValue,
  shape: readonly number[] | undefined,
): Promise<Result<DatasetTable, string>> {
  if (typeof value === 'string')
    return value.length > MAX_CSV_BYTES ? err('too long a text') : ok(csvTable(value))
  if (typeof value !== 'object' || value === null) return err('neither rows, nor numbers, nor CSV')
  if (value instanceof Blob)
    return value.size > MAX_CSV_BYTES ? err('too large a file') : ok(csvTable(await value.text()))
  if (isTensor(value)) return numberTable(await value.data(), shape ?? value.shape)
  if (ArrayBuffer.isView(value) || shape !== undefined) return numberTable(value as ArrayLike<unknown>, shape)
  if (!Array.isArray(value)) return err('neither rows, nor numbers, nor CSV')
  return ok(rowTable(value))
}

export function isTensor(value: unknown): value is TensorValues {
  if (typeof value !== 'object' || value === null) return false
  return Array.isArray(Reflect.get(value, 'shape')) && typeof Reflect.get(value, 'data') === 'function'
}

function numberTable(
  values: ArrayLike<unknown>,
  shape: readonly number[] | undefined,
): Result<DatasetTable, string> {
  if (values instanceof DataView || typeof values.length !== 'number') return err('no array of numbers')
  const [rows = 0, ...others] = shape ?? [values.length]
  const width = others.reduce((product, length) => product * length, 1)
  const isShape = [rows, width].every((length) => Number.isSafeInteger(length) && length >= 0)
  if (!isShape || rows * width !== values.length)
    return err(`${values.length} values are not of the shape [${(shape ?? []).join(', ')}]`)
  const names =
    others.length === 0 ? ONE_COLUMN : Array.from({ length: width }, (_, column) => String(column))
  return ok({ names, rows, ragged: 0, cell: (row, column) => values[row * width + column] })
}

function csvTable(text: string): DatasetTable {
  const [head = [], ...rows] = parseCsv(text)
  const names = head.map((name, index) => (name === null || name === '' ? String(index) : String(name)))
  return {
    names,
    rows: rows.length,
    ragged: rows.filter((row) => row.length !== names.length).length,
    cell: (row, column) => rows[row]?.[column],
  }
}

/** Rows of values, records, or a column of values. */
function rowTable(rows: readonly unknown[]): DatasetTable {
  const first = rows.find((row) => row !== null && row !== undefined)
  if (isList(first)) {
    const lengths = rows.map((row) => (isList(row) ? row.length : 0))
    const width = lengths.reduce((most, length) => Math.max(most, length), 0)
    return {
      names: Array.from({ length: Math.min(width, MAX_COLUMNS + 1) }, (_, column) => String(column)),
      rows: rows.length,
      ragged: lengths.filter((length) => length !== width).length,
      cell: (row, column) => (rows[row] as ArrayLike<unknown> | null | undefined)?.[column],
    }
  }
  if (typeof first !== 'object' || first === null)
    return { names: ONE_COLUMN, rows: rows.length, ragged: 0, cell: (row) => rows[row] }
  const keys = new Set<string>()
  const counts = rows.map((row) => {
    const own = Object.keys(Object(row) as object)
    for (const key of own) if (keys.size <= MAX_COLUMNS) keys.add(key)
    return own.length
  })
  const names = [...keys].toSorted()
  return {
    names,
    rows: rows.length,
    ragged: counts.filter((count) => count !== names.length).length,
    cell(row, column) {
      const record: unknown = rows[row]
      const name = names[column] ?? ''
      return typeof record === 'object' && record !== null && Object.hasOwn(record, name)
        ? Reflect.get(record, name)
        : undefined
    },
  }
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))
}
