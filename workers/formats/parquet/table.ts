import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import {
  columnName,
  type CellKind,
  type Column,
  type RowOf,
  type RowSpec,
} from '../../../src/model/column.ts'

/** A column as Parquet keeps it: texts are UTF-8, whole numbers INT64, all others DOUBLE, where NaN is NaN. */
export interface ParquetColumn {
  readonly name: string
  readonly type: 'BYTE_ARRAY' | 'INT64' | 'DOUBLE'
  readonly isNullable: boolean
  /** The writer chooses where it is missing. Spark reads these since 3.3; BYTE_STREAM_SPLIT only since 2026. Source: SPARK-36879, SPARK-56894. */
  readonly encoding?: 'PLAIN' | 'RLE_DICTIONARY' | 'DELTA_BINARY_PACKED'
}

/** Cells of one column. */
export type ParquetCells = readonly (string | number | bigint | null)[] | Float64Array | BigInt64Array

/** In the form that Java's readers look for: else they trust no statistics. Source: VersionParser of parquet-java. */
const CREATED_BY = 'kymo version 1'

/** Writes a table, a row group for each of the groups; a group has an equal number of cells of each column. */
export async function* writeTable(
  columns: readonly ParquetColumn[],
  groups: Iterable<readonly ParquetCells[]> | AsyncIterable<readonly ParquetCells[]>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const bytes = new ByteWriter()
  const writer = new ParquetWriter({ writer: bytes, schema: schemaOf(columns), createdBy: CREATED_BY })
  for await (const cells of groups) {
    const rows = cells[0]?.length ?? 0
    if (rows === 0) continue
    const columnData = columns.map(({ name, encoding }, index) => ({
      name,
      data: cells[index] as unknown[] | Float64Array | BigInt64Array,
      ...(encoding === undefined ? {} : { encoding }),
    }))
    await writer.write({ columnData, rowGroupSize: rows })
    yield takeBytes(bytes)
  }
  await writer.finish()
  yield takeBytes(bytes)
}

function schemaOf(
  columns: readonly ParquetColumn[],
): ConstructorParameters<typeof ParquetWriter>[0]['schema'] {
  return [
    { name: 'root', num_children: columns.length },
    ...columns.map(({ name, type, isNullable }) => ({
      name,
      type,
      repetition_type: isNullable ? ('OPTIONAL' as const) : ('REQUIRED' as const),
      ...(type === 'BYTE_ARRAY' ? { converted_type: 'UTF8' as const } : {}),
    })),
  ]
}

/** What was written since it was last asked. */
function takeBytes(writer: ByteWriter): Uint8Array<ArrayBuffer> {
  const bytes = writer.getBytes().slice()
  writer.index = 0
  return bytes
}

/** The columns of a table of the public schema; what SQLite has NULL for, NaN, is itself. */
export function columnsOf(spec: RowSpec): readonly ParquetColumn[] {
  return Object.entries(spec).map(([field, { sql, cell }]) => ({
    name: columnName(field),
    type: isText(cell) ? 'BYTE_ARRAY' : isWhole(sql) ? 'INT64' : 'DOUBLE',
    isNullable: cell.endsWith('OrNull'),
  }))
}

const isText = (cell: CellKind): boolean => cell === 'text' || cell === 'textOrNull'
const isWhole = (sql: string): boolean => sql.startsWith('integer')

/** How many rows of a table of texts are together. Cost: so many runs with what they trained on are a few megabytes. */
const GROUP_ROWS = 4096

/** Rows of a table of the public schema as groups of cells. */
export function* groupRows<S extends RowSpec>(
  spec: S,
  rows: Iterable<RowOf<S>>,
): Generator<readonly ParquetCells[]> {
  const fields = Object.keys(spec) as (keyof S & string)[]
  const open = (): ReturnType<typeof cellOf>[][] => fields.map(() => [])
  let group = open()
  let length = 0
  for (const row of rows) {
    for (const [index, field] of fields.entries()) group[index]?.push(cellOf(spec[field], row[field]))
    length += 1
    if (length < GROUP_ROWS) continue
    yield group
    group = open()
    length = 0
  }
  yield group
}

function cellOf(column: Column<unknown> | undefined, value: unknown): string | number | bigint | null {
  const cell = column?.encode === undefined ? value : column.encode(value)
  if (cell === null || cell === undefined) return null
  if (typeof cell === 'number') return isWhole(column?.sql ?? '') ? BigInt(cell) : cell
  return String(cell)
}
