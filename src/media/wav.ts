import { err } from '../model/result.ts'
import type { Prepared } from '../client/media-value.ts'
import type { SoundJob } from './jobs.ts'
import { showBytes } from './shown.ts'
import { levelOf } from './sound-level.ts'

const HEADER_BYTES = 44
const SAMPLE_BYTES = 2
const MOST = 32_767

/** A sound as the contract says: a WAV file of 16-bit samples. */
export function encodeSound(job: SoundJob): Prepared {
  const { channels, sampleRate, caption } = job
  const samples = channels[0]?.length ?? 0
  if (HEADER_BYTES + SAMPLE_BYTES * samples * channels.length > 2 ** 30) return err('more than 1 GB of sound')
  const seconds = samples / sampleRate
  const level = levelOf(job)
  const meta = {
    mime: 'audio/wav',
    seconds,
    ...(level.full === 1 && level.lost === undefined ? {} : { level }),
    ...(caption === undefined ? {} : { caption }),
  }
  return showBytes('audio', meta, toWav(channels, sampleRate, level.full))
}

/**
 * A WAV file of samples within ±`full`; what is beyond is cut off, what is not finite is silence.
 *
 * Source: http://soundfile.sapp.org/doc/WaveFormat
 */
export function toWav(channels: SoundJob['channels'], sampleRate: number, full: number): Uint8Array {
  const count = channels[0]?.length ?? 0
  const frameBytes = channels.length * SAMPLE_BYTES
  const dataBytes = count * frameBytes
  const view = new DataView(new ArrayBuffer(HEADER_BYTES + dataBytes))
  const text = (at: number, letters: string): void => {
    for (let index = 0; index < letters.length; index += 1)
      view.setUint8(at + index, letters.charCodeAt(index))
  }
  text(0, 'RIFF')
  view.setUint32(4, HEADER_BYTES - 8 + dataBytes, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, channels.length, true)
  view.setUint32(24, sampleRate, true)
  view.setUint32(28, sampleRate * frameBytes, true)
  view.setUint16(32, frameBytes, true)
  view.setUint16(34, 8 * SAMPLE_BYTES, true)
  text(36, 'data')
  view.setUint32(40, dataBytes, true)
  // Samples of 16 bits stay what they are.
  const most = full === 2 ** 15 ? 2 ** 15 : MOST
  for (const [channel, samples] of channels.entries()) {
    let at = HEADER_BYTES + channel * SAMPLE_BYTES
    for (const sample of samples) {
      const level = Number.isFinite(sample) ? Math.round((sample / full) * most) : 0
      view.setInt16(at, Math.max(-most, Math.min(MOST, level)), true)
      at += frameBytes
    }
  }
  return new Uint8Array(view.buffer)
}
