import { err } from '../model/result.ts'
import type { MediaValue, Prepared } from '../client/media-value.ts'
import { describeValue } from '../client/refusals.ts'
import { encoder } from './encoders.ts'
import { fileTypeOf, TYPE_BYTES } from './file-type.ts'
import { toText } from './labels.ts'
import { andThen } from './later.ts'
import { isBlob } from './picture-source.ts'
import { mediaValue, showBytes } from './shown.ts'
import { isAudioBuffer, readSamples, type SamplesLike } from './sound-source.ts'

export type { AudioBufferLike } from './sound-source.ts'

/** A sound: a file, samples, or what Web Audio decoded. */
export type SoundLike = Blob | SamplesLike

export interface AudioOptions {
  /** Of samples; files and audio buffers know theirs. Unit: Hz. */
  readonly sampleRate?: number
  readonly caption?: string
}

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
    return andThen(readSamples(source), (samples) =>
      encoder.encode(
        { type: 'sound', ...samples, sampleRate, caption },
        samples.channels.map(({ buffer }) => buffer as ArrayBuffer),
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
