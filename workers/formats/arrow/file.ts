import { Unreadable } from '../../jobs/errors.ts'
import { damaged, readRoot, type Table } from './flatbuffer.ts'

/*
 * The layout of an Arrow IPC file and the fields of its FlatBuffers that Kymo reads, by their ids.
 * Source: arrow.apache.org/docs/format/Columnar.html; format/File.fbs, Message.fbs, Schema.fbs.
 */
const TRAILER_BYTES = 10
const FOOTER = { schema: 1, dictionaries: 2, recordBatches: 3 } as const
const SCHEMA = { fields: 1, metadata: 2 } as const
const FIELD = { name: 0 } as const
const KEY_VALUE = { key: 0, value: 1 } as const
const MESSAGE = { header: 2 } as const
const DICTIONARY_BATCH = { id: 0, data: 1 } as const
const RECORD_BATCH = { length: 0, nodes: 1, buffers: 2, compression: 3 } as const
const BLOCK_BYTES = 24
const NODE_BYTES = 16
const BUFFER_BYTES = 16
const CONTINUATION = 0xffffffff

/** Metadata of one message beyond this is damage: a batch of ours describes five columns. */
const MAX_MESSAGE_BYTES = 2 ** 20

/** The footer holds the description of every run; this many bytes of JSON are a hundred thousand runs. */
const MAX_FOOTER_BYTES = 512 * 2 ** 20

/** Where a message and its body lie in the file. */
interface Block {
  readonly at: number
  readonly metadataBytes: number
  readonly bodyBytes: number
}

export interface ArrowFile {
  readonly columns: readonly string[]
  readonly metadata: ReadonlyMap<string, string>
  readonly dictionaries: readonly Block[]
  readonly recordBatches: readonly Block[]
}

/** The columns of a batch as buffers, in the order of the schema; validity bitmaps among them. */
export interface Batch {
  readonly length: number
  readonly buffers: readonly Uint8Array<ArrayBuffer>[]
}

/** Reads the footer. Errors: throws `Unreadable`. */
export async function readFooter(file: Blob): Promise<ArrowFile> {
  const trailer = await readBytes(file, file.size - TRAILER_BYTES, TRAILER_BYTES)
  const footerBytes = new DataView(trailer.buffer).getInt32(0, true)
  if (footerBytes <= 0 || footerBytes > Math.min(file.size - TRAILER_BYTES, MAX_FOOTER_BYTES)) throw damaged()
  const footer = readRoot(await readBytes(file, file.size - TRAILER_BYTES - footerBytes, footerBytes))
  const schema = footer.table(FOOTER.schema)
  if (schema === undefined) throw damaged()
  return {
    columns: schema.tables(SCHEMA.fields).map((field) => field.text(FIELD.name) ?? ''),
    metadata: new Map(
      schema
        .tables(SCHEMA.metadata)
        .map((entry) => [entry.text(KEY_VALUE.key) ?? '', entry.text(KEY_VALUE.value) ?? '']),
    ),
    dictionaries: footer.structs(FOOTER.dictionaries, BLOCK_BYTES).map(parseBlock),
    recordBatches: footer.structs(FOOTER.recordBatches, BLOCK_BYTES).map(parseBlock),
  }
}

function parseBlock(block: DataView): Block {
  return {
    at: Number(block.getBigInt64(0, true)),
    metadataBytes: block.getInt32(8, true),
    bodyBytes: Number(block.getBigInt64(16, true)),
  }
}

/** Reads one batch of rows. Cost: a copy of it. Errors: throws `Unreadable`. */
export async function readRecordBatch(file: Blob, block: Block): Promise<Batch> {
  const { header, body } = await readMessage(file, block)
  return parseBatch(header, body)
}

/** Reads a dictionary of texts and its id. Errors: throws `Unreadable`. */
export async function readDictionary(file: Blob, block: Block): Promise<{ id: number; texts: string[] }> {
  const { header, body } = await readMessage(file, block)
  const data = header.table(DICTIONARY_BATCH.data)
  if (data === undefined) throw damaged()
  const { length, buffers } = parseBatch(data, body)
  const [, offsetBytes, bytes] = buffers
  if (offsetBytes === undefined || bytes === undefined) throw damaged()
  const offsets = wholeView(offsetBytes, Int32Array, length === 0 ? 0 : length + 1)
  const texts = Array.from({ length }, (_, i) =>
    new TextDecoder().decode(bytes.subarray(offsets[i] ?? 0, offsets[i + 1] ?? 0)),
  )
  return { id: header.long(DICTIONARY_BATCH.id, 0), texts }
}

async function readMessage(
  file: Blob,
  block: Block,
): Promise<{ header: Table; body: Uint8Array<ArrayBuffer> }> {
  const { at, metadataBytes, bodyBytes } = block
  if (metadataBytes < 8 || metadataBytes > MAX_MESSAGE_BYTES) throw damaged()
  const metadata = await readBytes(file, at, metadataBytes)
  const body = await readBytes(file, at + metadataBytes, bodyBytes)
  const isPrefixed = new DataView(metadata.buffer).getUint32(0, true) === CONTINUATION
  const header = readRoot(metadata.subarray(isPrefixed ? 8 : 4)).table(MESSAGE.header)
  if (header === undefined) throw damaged()
  return { header, body }
}

function parseBatch(batch: Table, body: Uint8Array<ArrayBuffer>): Batch {
  if (batch.table(RECORD_BATCH.compression) !== undefined) {
    throw new Unreadable('file-corrupt', 'its columns are compressed, which Kymo does not read')
  }
  const length = batch.long(RECORD_BATCH.length, 0)
  for (const node of batch.structs(RECORD_BATCH.nodes, NODE_BYTES)) {
    if (Number(node.getBigInt64(0, true)) !== length || node.getBigInt64(8, true) !== 0n) throw damaged()
  }
  const buffers = batch.structs(RECORD_BATCH.buffers, BUFFER_BYTES).map((buffer) => {
    const from = Number(buffer.getBigInt64(0, true))
    const bytes = Number(buffer.getBigInt64(8, true))
    if (from < 0 || bytes < 0 || from + bytes > body.length) throw damaged()
    return body.subarray(from, from + bytes)
  })
  // A row takes at least a byte, so this bounds every loop over rows by the bytes there are.
  if (length < 0 || length > body.length) throw damaged()
  return { length, buffers }
}

interface NumberArray<T> {
  readonly BYTES_PER_ELEMENT: number
  new (buffer: ArrayBuffer, offset: number, length: number): T
}

/** A buffer as numbers; a copy where it is not aligned. Errors: throws `Unreadable` when it is too short. */
export function wholeView<T>(bytes: Uint8Array<ArrayBuffer>, type: NumberArray<T>, length: number): T {
  if (length * type.BYTES_PER_ELEMENT > bytes.length) throw damaged()
  const aligned = bytes.byteOffset % type.BYTES_PER_ELEMENT === 0 ? bytes : bytes.slice()
  return new type(aligned.buffer, aligned.byteOffset, length)
}

async function readBytes(file: Blob, from: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  if (from < 0 || length < 0 || from + length > file.size) throw damaged()
  return new Uint8Array(await file.slice(from, from + length).arrayBuffer())
}
