import { err, ok } from '../model/result.ts'
import type { MediaValue, Prepared } from '../client/media-value.ts'
import { describeValue } from '../client/refusals.ts'
import { encoder } from './encoders.ts'
import { fileTypeOf, TYPE_BYTES } from './file-type.ts'
import { toText } from './labels.ts'
import { all, andThen, type Later, type Words } from './later.ts'
import { readNumbers, type Numbers, type NumbersLike } from './numbers.ts'
import { isBlob } from './picture-source.ts'
import { mediaValue, showBytes } from './shown.ts'

/** A sound: a file, samples within -1 … 1 of one channel or a list of channels, or what Web Audio decoded. */
export type SoundLike = Blob | NumbersLike | readonly Float32Array[] | AudioBufferLike

/** An `AudioBuffer`, as far as reading it needs. */
export interface AudioBufferLike {
  readonly sampleRate: number
  readonly numberOfChannels: number
  getChannelData(channel: number): Float32Array
}

export interface AudioOptions {
  /** Of samples; files and audio buffers know theirs. Unit: Hz. */
  readonly sampleRate?: number
  readonly caption?: string
}

/** More channels than any loudspeaker has. */
const MAX_CHANNELS = 64

/** A sound. Samples become a WAV file of 16 bits, in a worker; files keep their bytes. */
export function audio(source: SoundLike, options: AudioOptions = {}): MediaValue {
  return mediaValue(() => {
    const caption = toText(options.caption)
    if (isBlob(source)) return soundFile(source, caption)
    const rate: unknown = isAudioBuffer(source) ? source.sampleRate : options.sampleRate
    const sampleRate = Number(rate)
    if (!Number.isInteger(sampleRate) || sampleRate < 1 || sampleRate > 2 ** 20) {
      return err(
        rate === undefined ? 'samples need { sampleRate }' : `a sample rate of ${describeValue(rate)}`,
      )
    }
    return andThen(readChannels(source), (channels) =>
      encoder.encode(
        { type: 'sound', channels, sampleRate, caption },
        channels.map(({ buffer }) => buffer as ArrayBuffer),
      ),
    )
  })
}

async function soundFile(file: Blob, caption: string | undefined): Promise<Prepared> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const type = fileTypeOf(bytes.subarray(0, TYPE_BYTES), 'audio/')
  if (type === null) return err('no sound: WAV, MP3, Ogg, FLAC, M4A or WebM')
  if (type.family !== 'audio') return err(`no sound but ${type.mime}`)
  return showBytes('audio', { mime: type.mime, ...(caption === undefined ? {} : { caption }) }, bytes)
}

function isAudioBuffer(value: unknown): value is AudioBufferLike {
  return (
    typeof value === 'object' && value !== null && 'getChannelData' in value && 'numberOfChannels' in value
  )
}

/** Copies of the samples as they are now. */
function readChannels(source: SoundLike): Later<Words<readonly Float32Array[]>> {
  if (isAudioBuffer(source)) {
    const numbers = Array.from({ length: source.numberOfChannels }, (_, index) => index)
    return checked(numbers.map((channel) => source.getChannelData(channel).slice()))
  }
  if (source instanceof Float32Array) return checked([source.slice()])
  if (Array.isArray(source) && source.some((channel) => typeof channel === 'object')) {
    const channels = source.map((channel: NumbersLike, index) => readNumbers(channel, `channel ${index}`))
    return andThen(all<Numbers[]>(channels), (read) =>
      checked(read.map(({ values }) => new Float32Array(values))),
    )
  }
  return andThen(readNumbers(source, 'samples'), ({ values, shape }) =>
    shape.length === 1
      ? checked([new Float32Array(values)])
      : err(`samples of shape [${shape.join(', ')}]: pass a list of channels`),
  )
}

function checked(channels: readonly Float32Array[]): Words<readonly Float32Array[]> {
  const [first] = channels
  if (first === undefined || first.length === 0) return err('a sound without samples')
  if (channels.length > MAX_CHANNELS)
    return err(`${channels.length} channels: pass a list of channels, not of samples`)
  const other = channels.findIndex((channel) => channel.length !== first.length)
  if (other < 0) return ok(channels)
  return err(`channel ${other} has ${channels[other]?.length ?? 0} samples, the first ${first.length}`)
}
