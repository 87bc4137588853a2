import type { ReadPoint } from '../read-point.fixture.ts'
import { unzip } from '../unzip.fixture.ts'

/** A message of protobuf, without its schema: what each field has, by its number. Numbers of 64 bits are their bytes. */
export type Message = ReadonlyMap<number, readonly (bigint | Uint8Array)[]>

/** Source: protobuf.dev/programming-guides/encoding. */
export function readMessage(bytes: Uint8Array): Message {
  const fields = new Map<number, (bigint | Uint8Array)[]>()
  let at = 0
  const varint = (): bigint => {
    let [value, shift] = [0n, 0n]
    for (;;) {
      const byte = bytes[at] ?? 0
      at += 1
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return BigInt.asIntN(64, value)
      shift += 7n
    }
  }
  const take = (length: number): Uint8Array => {
    at += length
    if (at > bytes.length) throw new Error('A field ends behind its message')
    return bytes.subarray(at - length, at)
  }
  const read = (wire: number): bigint | Uint8Array => {
    if (wire === 0) return varint()
    if (wire === 2) return take(Number(varint()))
    if (wire !== 1 && wire !== 5) throw new Error(`There is no wire type ${wire}`)
    return take(wire === 1 ? 8 : 4)
  }
  while (at < bytes.length) {
    const tag = Number(varint())
    const field = fields.get(tag >> 3) ?? []
    fields.set(tag >> 3, [...field, read(tag & 7)])
  }
  return fields
}

export function bytesOf(message: Message, field: number): Uint8Array {
  const value = message.get(field)?.[0]
  return value instanceof Uint8Array ? value : new Uint8Array(0)
}

export function doubleOf(message: Message, field: number): number {
  const { buffer, byteOffset } = bytesOf(message, field)
  return new DataView(buffer, byteOffset, 8).getFloat64(0, true)
}

function floatOf(message: Message, field: number): number {
  const { buffer, byteOffset } = bytesOf(message, field)
  return new DataView(buffer, byteOffset, 4).getFloat32(0, true)
}

export function stringOf(message: Message, field: number): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(message, field))
}

/** Bit by bit, as the definition has it. Source: masked_crc.rs of TensorBoard. */
export function slowMaskedCrc32c(bytes: Uint8Array): number {
  let crc = 0xff_ff_ff_ff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0x82_f6_3b_78 : crc >>> 1
  }
  crc = ~crc >>> 0
  return (((crc >>> 15) | (crc << 17)) + 0xa2_82_ea_d8) >>> 0
}

/** The events of a file, with every checksum held against its bytes. Source: record_writer.py of TensorBoard. */
export function readEvents(bytes: Uint8Array): readonly Message[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const events: Message[] = []
  for (let at = 0; at < bytes.length;) {
    const length = Number(view.getBigUint64(at, true))
    const event = bytes.subarray(at + 12, at + 12 + length)
    const sums = [slowMaskedCrc32c(bytes.subarray(at, at + 8)), slowMaskedCrc32c(event)]
    if (view.getUint32(at + 8, true) !== sums[0] || view.getUint32(at + 12 + length, true) !== sums[1])
      throw new Error(`The checksums at ${at} are not those of its bytes`)
    events.push(readMessage(event))
    at += 16 + length
  }
  return events
}

/** The files of a zip and their events, by their paths. */
export async function readFiles(file: Blob): Promise<ReadonlyMap<string, readonly Message[]>> {
  return new Map([...(await unzip(file))].map(([path, bytes]) => [path, readEvents(bytes)]))
}

/** The values of the summaries of events, with their events. */
export function valuesOf(events: readonly Message[]): readonly { event: Message; value: Message }[] {
  return events
    .filter((event) => event.has(5))
    .map((event) => ({ event, value: readMessage(bytesOf(readMessage(bytesOf(event, 5)), 1)) }))
}

/** Scalars; the run is the host in the name of the file. */
export async function readPoints(file: Blob): Promise<readonly ReadPoint[]> {
  return [...(await readFiles(file))].flatMap(([path, events]) =>
    valuesOf(events)
      .filter(({ value }) => value.has(2))
      .map(({ event, value }): ReadPoint => [
        path.split('/').at(-1)?.split('.')[4] ?? '',
        stringOf(value, 1),
        Number(event.get(2)?.[0] ?? Number.NaN),
        floatOf(value, 2),
        doubleOf(event, 1),
      ]),
  )
}
