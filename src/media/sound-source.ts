import { err, ok } from '../model/result.ts'
import type { Samples } from './jobs.ts'
import { all, andThen, type Later, type Words } from './later.ts'
import { readNumbers, type Numbers, type NumbersLike } from './numbers.ts'
import { isTensorLike } from './tensor-like.ts'

/**
 * Samples of one channel, a list of channels, rows that have a sample of each channel, or what Web Audio decoded. How
 * loud they are is told by their type and range.
 */
export type SamplesLike = NumbersLike | readonly ArrayBufferView[] | AudioBufferLike

/** An `AudioBuffer`, as far as reading it needs. */
export interface AudioBufferLike {
  readonly sampleRate: number
  readonly numberOfChannels: number
  getChannelData(channel: number): Float32Array
}

/** More channels than any loudspeaker has. */
const MAX_CHANNELS = 64

/** How integers of sound lie, by the name of their array or tensor; those of 32 bits hold any of them. */
const INTEGERS: Readonly<Record<string, { readonly full: number; readonly middle: number }>> = {
  int8: { full: 2 ** 7, middle: 0 },
  uint8: { full: 2 ** 7, middle: 2 ** 7 },
  int16: { full: 2 ** 15, middle: 0 },
  uint16: { full: 2 ** 15, middle: 2 ** 15 },
}

export function isAudioBuffer(value: unknown): value is AudioBufferLike {
  return (
    typeof value === 'object' && value !== null && 'getChannelData' in value && 'numberOfChannels' in value
  )
}

/** Copies of the samples as they are now. */
export function readSamples(source: unknown): Later<Words<Samples>> {
  if (isAudioBuffer(source)) {
    const numbers = Array.from({ length: source.numberOfChannels }, (_, index) => index)
    return checked(numbers.map((channel) => source.getChannelData(channel).slice()))
  }
  if (source instanceof Float32Array) return checked([source.slice()])
  const integers = INTEGERS[typeOf(source)]
  return andThen(readChannels(source), (channels) => checked(channels, integers))
}

function readChannels(source: unknown): Later<Words<readonly Float64Array[]>> {
  const isList = Array.isArray(source) && source.some((one) => ArrayBuffer.isView(one) || isTensorLike(one))
  if (!isList) return andThen(readNumbers(source, 'samples'), toChannels)
  const channels = source.map((channel: unknown, index) => readNumbers(channel, `channel ${index}`))
  return andThen(all<Numbers[]>(channels), (read) => {
    const [first] = read
    const rows = read.map(({ values }) => values)
    const isOfSamples = rows.length > MAX_CHANNELS && rows.every((row) => row.length === first?.values.length)
    if (!isOfSamples) return ok(rows)
    const length = first?.values.length ?? 0
    const values = Float64Array.from(
      { length: rows.length * length },
      (_, at) => rows[Math.floor(at / length)]?.[at % length] ?? 0,
    )
    return toChannels({ values, shape: [rows.length, length] })
  })
}

/** The shorter side are the channels. Shape: [samples], [channels, samples] or [samples, channels], in batches of one too. */
function toChannels({ values, shape }: Numbers): Words<readonly Float64Array[]> {
  const [rows = 1, columns = 1, ...more] = shape.filter((length) => length !== 1)
  const count = Math.min(rows, columns)
  if (more.length > 0 || count > MAX_CHANNELS) {
    return err(`samples of shape [${shape.join(', ')}]: pass [channels, samples], up to ${MAX_CHANNELS}`)
  }
  const [across, along] = rows <= columns ? [columns, 1] : [1, columns]
  return ok(
    Array.from({ length: count }, (_, channel) =>
      Float64Array.from(
        { length: Math.max(rows, columns) },
        (_, at) => values[channel * across + at * along] ?? 0,
      ),
    ),
  )
}

function checked(
  channels: readonly (Float32Array | Float64Array)[],
  integers?: { readonly full: number; readonly middle: number },
): Words<Samples> {
  const [first] = channels
  if (first === undefined || first.length === 0) return err('a sound without samples')
  if (channels.length > MAX_CHANNELS) return err(`${channels.length} channels: pass [channels, samples]`)
  const other = channels.findIndex((channel) => channel.length !== first.length)
  if (other >= 0) {
    return err(`channel ${other} has ${channels[other]?.length ?? 0} samples, the first ${first.length}`)
  }
  if (integers === undefined) return ok({ channels, full: null })
  const { full, middle } = integers
  return ok({
    channels: middle === 0 ? channels : channels.map((each) => each.map((one) => one - middle)),
    full,
  })
}

/** `int16` of an array, of a list of arrays, of what has `data`, or of a tensor; empty for anything else. */
function typeOf(source: unknown): string {
  if (ArrayBuffer.isView(source)) {
    return String(Reflect.get(source, Symbol.toStringTag))
      .toLowerCase()
      .replace(/(clamped)?array$/, '')
  }
  if (Array.isArray(source)) return typeof source[0] === 'object' ? typeOf(source[0]) : ''
  if (typeof source !== 'object' || source === null) return ''
  if (isTensorLike(source)) return String(source.dtype)
  return 'data' in source ? typeOf(source.data) : ''
}
