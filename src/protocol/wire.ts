import { Decoder, Encoder, ExtensionCodec } from '@msgpack/msgpack'
import { isRecord } from '../model/raw-value.ts'

/**
 * What is asked and answered, as bytes between a page and a server: MessagePack, with the arrays of numbers as they lie in memory.
 *
 * A property that is undefined is left out.
 */
const codec = new ExtensionCodec()

const ARRAYS = [
  Float64Array,
  Float32Array,
  Uint32Array,
  Int32Array,
  Uint16Array,
  Int16Array,
  Uint8ClampedArray,
  Int8Array,
] as const
for (const [type, kind] of ARRAYS.entries())
  codec.register({
    type,
    encode: (value) =>
      value instanceof kind ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : null,
    // Where the bytes lie is no place for numbers, which begin at a multiple of their size.
    decode: (bytes) =>
      new kind(new Uint8Array(bytes).buffer, 0, Math.floor(bytes.length / kind.BYTES_PER_ELEMENT)),
  })

/** A run may call a param so; a property of that name is no key of MessagePack's. */
const PROTO = '__proto__'
codec.register({
  type: ARRAYS.length,
  encode: (value) =>
    isRecord(value) && Object.hasOwn(value, PROTO) ? encodeMessage(Object.entries(value)) : null,
  decode: (bytes) => Object.fromEntries(decodeMessage(bytes) as (readonly [string, unknown])[]) as unknown,
})

export function encodeMessage(message: unknown): Uint8Array<ArrayBuffer> {
  return new Encoder({ extensionCodec: codec, ignoreUndefined: true }).encode(message)
}

/** Errors: throws for bytes that are no message. */
export function decodeMessage(bytes: Uint8Array): unknown {
  return new Decoder({ extensionCodec: codec }).decode(bytes)
}

/** The header that brings the token of this start of a server. */
export const TOKEN_HEADER = 'x-kymo-token'

/** What a server says to pages of its origin. */
export interface Greeting {
  /** Of this start of the server; every other call brings it. */
  readonly token: string
}

/** The properties of a question or an answer in which files travel. */
const FILES = ['value', 'file'] as const

/** A file on its way. */
interface Lifted {
  readonly kymoFile: Uint8Array<ArrayBuffer>
  readonly mime: string
}

/** The same with files as bytes, which `encodeMessage` takes: one itself, as `value` or `file`, or as `file` of a `value`. Cost: reads them into memory. */
export async function liftFiles(message: unknown): Promise<unknown> {
  if (message instanceof Blob) {
    const lifted: Lifted = { kymoFile: new Uint8Array(await message.arrayBuffer()), mime: message.type }
    return lifted
  }
  if (!isRecord(message)) return message
  const copy: Record<string, unknown> = { ...message }
  for (const name of FILES) if (Object.hasOwn(copy, name)) copy[name] = await liftFiles(copy[name])
  return copy
}

/** Undoes `liftFiles`. */
export function landFiles(message: unknown): unknown {
  if (!isRecord(message)) return message
  const { kymoFile, mime } = message
  if (kymoFile instanceof Uint8Array) return new Blob([new Uint8Array(kymoFile)], { type: String(mime) })
  const copy: Record<string, unknown> = { ...message }
  for (const name of FILES) if (Object.hasOwn(copy, name)) copy[name] = landFiles(copy[name])
  return copy
}
