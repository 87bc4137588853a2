import {
  Binary,
  Field,
  Float64,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Utf8,
  type Data,
  type DataType,
} from 'apache-arrow'
import type { SqlKind } from '../../src/model/sql-kind.ts'
import type { SqlColumn, SqlValue } from '../../src/protocol/sql-api.ts'
import { openBatchWriter } from '../formats/arrow/record-batch-writer.ts'
import { bytesToHex, uniqueNames, type ResultShape, type RowPages } from './result-rows.ts'

/** A result as an Arrow IPC file: int64, double, utf8 or binary columns with nulls; what is mixed is text. */
export async function writeArrowRows({ names, kinds }: ResultShape, pages: RowPages): Promise<Blob> {
  const unique = uniqueNames(names)
  const schema = new Schema(kinds.map((kind, index) => new Field(unique[index] ?? '', typeOf(kind), true)))
  const writer = openBatchWriter(schema)
  try {
    for (const columns of pages) {
      const length = columns[0]?.values.length ?? 0
      const children = columns.map(({ values }, index) => toData(kinds[index] ?? 'mixed', values))
      writer.write(new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, children })))
    }
  } finally {
    writer.finish()
  }
  return writer.file
}

function typeOf(kind: SqlKind): DataType {
  switch (kind) {
    case 'integer':
      return new Int64()
    case 'real':
      return new Float64()
    case 'blob':
      return new Binary()
    case 'text':
    case 'mixed':
    case 'null':
      return new Utf8()
  }
}

/** A column made by hand: apache-arrow's builders compile code from strings, which the app's policy forbids. */
function toData(kind: SqlKind, values: SqlColumn['values']): Data {
  const length = values.length
  const { nullBitmap, nullCount } = validityOf(values)
  switch (kind) {
    case 'integer': {
      const data = BigInt64Array.from(values, (value) => BigInt.asIntN(64, toInteger(value)))
      return makeData({ type: new Int64(), length, nullCount, nullBitmap, data })
    }
    case 'real': {
      const data = Float64Array.from(values, (value) => (value === null ? 0 : Number(value)))
      return makeData({ type: new Float64(), length, nullCount, nullBitmap, data })
    }
    case 'blob':
      return makeData({ type: new Binary(), length, nullCount, nullBitmap, ...joined(values, toBytes) })
    case 'text':
    case 'mixed':
    case 'null':
      return makeData({ type: new Utf8(), length, nullCount, nullBitmap, ...joined(values, toTextBytes) })
  }
}

/** Shape: a bit a value, set where it is not NULL. */
function validityOf(values: SqlColumn['values']): { nullBitmap: Uint8Array; nullCount: number } {
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 8))
  let nullCount = 0
  for (const [index, value] of values.entries()) {
    if (value === null) nullCount += 1
    else nullBitmap[index >> 3] = (nullBitmap[index >> 3] ?? 0) | (1 << (index & 7))
  }
  return { nullBitmap, nullCount }
}

function joined(
  values: SqlColumn['values'],
  encode: (value: SqlValue) => Uint8Array,
): { valueOffsets: Int32Array; data: Uint8Array } {
  const valueOffsets = new Int32Array(values.length + 1)
  const encoded = values.map((value, index) => {
    const bytes = encode(value)
    valueOffsets[index + 1] = (valueOffsets[index] ?? 0) + bytes.length
    return bytes
  })
  const data = new Uint8Array(valueOffsets[values.length] ?? 0)
  for (const [index, bytes] of encoded.entries()) data.set(bytes, valueOffsets[index])
  return { valueOffsets, data }
}

const NO_BYTES = new Uint8Array(0)
const encoder = new TextEncoder()

function toBytes(value: SqlValue): Uint8Array {
  return value instanceof Uint8Array ? value : toTextBytes(value)
}

function toTextBytes(value: SqlValue): Uint8Array {
  if (value === null) return NO_BYTES
  return encoder.encode(value instanceof Uint8Array ? bytesToHex(value) : String(value))
}

/** A query that draws random numbers may answer otherwise when it is run again. */
function toInteger(value: SqlValue): bigint {
  if (typeof value === 'bigint') return value
  return typeof value === 'number' && Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n
}
