import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import type { JsonValue } from '../../../src/model/json.ts'
import type { RunStatus } from '../../../src/model/run.ts'

/** Numbers of fields and words. Source: event.proto, summary.proto, tensor.proto and types.proto of TensorBoard 2.21. */
const EVENT = { wallTime: 1, fileVersion: 3, summary: 5 } as const
const VALUE = { tag: 1, simpleValue: 2, tensor: 8, metadata: 9 } as const
const DTYPE = { float: 1, string: 7 } as const
const DATA_CLASS_TENSOR = 2

/** Source: plugin_data.proto and api.proto of the plugin hparams. A killed run has no word of its own there. */
const STATUS: Readonly<Record<RunStatus, number>> = { finished: 1, failed: 2, killed: 2, running: 3 }

/** The first event of a file. Readers of this version take steps that go back for what they are. Unit: seconds. */
export function fileVersionEvent(wallTime: number): Uint8Array<ArrayBuffer> {
  return eventAt(wallTime).tag(EVENT.fileVersion, WireType.LengthDelimited).string('brain.Event:2').finish()
}

/** An event of step 0 with one value. Unit: seconds. */
export function summaryEvent(wallTime: number, value: Uint8Array): Uint8Array<ArrayBuffer> {
  return eventAt(wallTime).tag(EVENT.summary, WireType.LengthDelimited).bytes(summaryOf(value)).finish()
}

function eventAt(wallTime: number): BinaryWriter {
  return new BinaryWriter().tag(EVENT.wallTime, WireType.Bit64).double(wallTime)
}

function summaryOf(value: Uint8Array): Uint8Array<ArrayBuffer> {
  return new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(value).finish()
}

/**
 * The summary of a point, whose last 4 bytes are its value, little-endian: a `simple_value`, which has 32 bits. What would keep 64
 * bits, a tensor of a double, TensorBoard's own data server does not read. Source: data_compat.rs of TensorBoard 2.21.
 */
export function scalarSummary(tag: string): Uint8Array<ArrayBuffer> {
  const value = new BinaryWriter().tag(VALUE.tag, WireType.LengthDelimited).string(tag)
  return summaryOf(value.tag(VALUE.simpleValue, WireType.Bit32).float(0).finish())
}

/** A text as Markdown, which it is. */
export function textValue(tag: string, text: string): Uint8Array<ArrayBuffer> {
  const writer = valueOf(tag, 'text')
  writer.tag(VALUE.tensor, WireType.LengthDelimited).fork()
  openTensor(writer, DTYPE.string, [1])
  return writer.tag(8, WireType.LengthDelimited).string(text).join().finish()
}

/** What a run began with. `hparams`: a null is left out, as TensorBoard would take it for 0. Unit: seconds. */
export function sessionStartValue(
  hparams: readonly (readonly [name: string, value: JsonValue])[],
  startTime: number,
): Uint8Array<ArrayBuffer> {
  const info = new BinaryWriter()
  for (const [name, value] of hparams) {
    if (value === null) continue
    info.tag(1, WireType.LengthDelimited).fork().tag(1, WireType.LengthDelimited).string(name)
    info.tag(2, WireType.LengthDelimited).fork()
    if (typeof value === 'number') info.tag(2, WireType.Bit64).double(value)
    else if (typeof value === 'boolean') info.tag(4, WireType.Varint).bool(value)
    else
      info.tag(3, WireType.LengthDelimited).string(typeof value === 'string' ? value : JSON.stringify(value))
    info.join().join()
  }
  info.tag(5, WireType.Bit64).double(startTime)
  return hparamsValue('_hparams_/session_start_info', 3, info.finish())
}

/** What became of a run. `endTime`: null while it runs. Unit: seconds. */
export function sessionEndValue(status: RunStatus, endTime: number | null): Uint8Array<ArrayBuffer> {
  const info = new BinaryWriter().tag(1, WireType.Varint).int32(STATUS[status])
  if (endTime !== null) info.tag(2, WireType.Bit64).double(endTime)
  return hparamsValue('_hparams_/session_end_info', 4, info.finish())
}

/** The plugin reads the metadata of its tags; their tensor is empty. */
function hparamsValue(tag: string, field: number, info: Uint8Array): Uint8Array<ArrayBuffer> {
  const content = new BinaryWriter().tag(field, WireType.LengthDelimited).bytes(info).finish()
  const writer = valueOf(tag, 'hparams', content)
  writer.tag(VALUE.tensor, WireType.LengthDelimited).fork()
  openTensor(writer, DTYPE.float, [0])
  return writer.join().finish()
}

/** The beginning of a value that is a plugin's. */
function valueOf(tag: string, plugin: string, content?: Uint8Array): BinaryWriter {
  const writer = new BinaryWriter().tag(VALUE.tag, WireType.LengthDelimited).string(tag)
  writer.tag(VALUE.metadata, WireType.LengthDelimited).fork()
  writer.tag(1, WireType.LengthDelimited).fork().tag(1, WireType.LengthDelimited).string(plugin)
  if (content !== undefined) writer.tag(2, WireType.LengthDelimited).bytes(content)
  return writer.join().tag(4, WireType.Varint).int32(DATA_CLASS_TENSOR).join()
}

/** The head of a tensor: what its numbers are, and how many along each dimension. */
function openTensor(writer: BinaryWriter, dtype: number, shape: readonly number[]): void {
  writer.tag(1, WireType.Varint).int32(dtype).tag(2, WireType.LengthDelimited).fork()
  for (const size of shape) {
    writer.tag(2, WireType.LengthDelimited).fork().tag(1, WireType.Varint).int64(size).join()
  }
  writer.join()
}
