import { describe, expect, it } from 'vitest'
import type { AudioMeta } from '../model/media-content/sound-content.ts'
import { audio } from './audio.ts'
import { fileTypeOf, looksLikeSvg } from './file-type.ts'
import { open, opened } from './opened.fixture.ts'
import { video } from './video.ts'

const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

/** Samples as a player has them. */
async function heard(source: Parameters<typeof audio>[0]) {
  const { meta, data } = await opened(audio(source, { sampleRate: 8_000 }))
  const file = Buffer.from(data as Uint8Array)
  const channels = file.readUInt16LE(22)
  const samples = Array.from({ length: (file.length - 44) / 2 }, (_, at) => file.readInt16LE(44 + 2 * at))
  return { channels, samples, level: (meta as AudioMeta).level }
}

const tensor = (shape: number[], dtype: string, values: ArrayLike<number>) => ({
  shape,
  dtype,
  data: () => Promise.resolve(values),
})

describe('audio', () => {
  it('writes samples as a WAV file of 16 bits', async () => {
    const left = Float32Array.of(0, 1, -1, 0.5, 0)
    const right = Float32Array.of(0.5, 0, 0, -1, 0)
    const { kind, meta, data } = await opened(audio([left, right], { sampleRate: 8_000, caption: 'a' }))
    expect([kind, meta]).toEqual(['audio', { mime: 'audio/wav', seconds: 5 / 8_000, caption: 'a' }])
    const file = Buffer.from(data as Uint8Array)
    const text = (at: number) => file.toString('latin1', at, at + 4)
    expect([text(0), text(8), text(12), text(36)]).toEqual(['RIFF', 'WAVE', 'fmt ', 'data'])
    expect(file.readUInt32LE(4)).toBe(file.length - 8)
    expect(file.readUInt32LE(40)).toBe(file.length - 44)
    const format = [
      file.readUInt32LE(16),
      file.readUInt16LE(20),
      file.readUInt16LE(22),
      file.readUInt32LE(24),
    ]
    expect(format).toEqual([16, 1, 2, 8_000])
    expect([file.readUInt32LE(28), file.readUInt16LE(32), file.readUInt16LE(34)]).toEqual([32_000, 4, 16])
    const samples = Array.from({ length: 10 }, (_, at) => file.readInt16LE(44 + 2 * at))
    expect(samples).toEqual([0, 16_384, 32_767, 0, -32_767, 0, 16_384, -32_767, 0, 0])
  })

  it('takes what Web Audio decoded, and copies', async () => {
    const samples = Float32Array.of(0.5)
    const decoded = { sampleRate: 4_000, numberOfChannels: 1, getChannelData: () => samples }
    const value = audio(decoded)
    samples[0] = 0
    const file = Buffer.from((await opened(value)).data as Uint8Array)
    expect([file.readUInt32LE(24), file.readInt16LE(44)]).toEqual([4_000, 16_384])
    expect(samples).toHaveLength(1)
  })

  it.each<readonly [string, Parameters<typeof audio>[0], readonly number[], number | undefined]>([
    ['16 bits, exactly', Int16Array.of(-32_768, 7, 32_767), [-32_768, 7, 32_767], 32_768],
    ['channels of 16 bits', [Int16Array.of(1, 2), Int16Array.of(3, 4)], [1, 3, 2, 4], 32_768],
    ['8 bits', Uint8Array.of(0, 128, 192), [-32_767, 0, 16_384], 128],
    ['16 bits in a tensor of 32', tensor([2], 'int32', [-20_000, 100]), [-20_000, 100], 32_768],
    ['16 bits in floats', Float32Array.of(-20_000, 100), [-20_000, 100], 32_768],
    ['32 bits', Int32Array.of(-(2 ** 31), 2 ** 30), [-32_767, 16_384], 2 ** 31],
    ['±20', Float32Array.of(-20, 10.5, 0), [-32_767, 17_203, 0], 20],
    ['within 1', Float32Array.of(-0.5, 1), [-16_383, 32_767], undefined],
    ['tiny', Float64Array.of(-1e-9, 1e-9), [-32_767, 32_767], 1e-9],
    ['silent', Float32Array.of(0, 0), [0, 0], undefined],
  ])('tells how loud samples are: %s', async (_, source, samples, full) => {
    const found = await heard(source)
    expect([found.samples, found.level?.full]).toEqual([samples, full])
  })

  it('plays what is not finite as silence, and counts it', async () => {
    const found = await heard(Float32Array.of(1, Number.NaN, Number.POSITIVE_INFINITY, -1))
    expect(found.samples).toEqual([32_767, 0, 0, -32_767])
    expect(found.level).toEqual({ full: 1, count: 4, lost: 2 })
  })

  const frames = [0.1, -0.1, 0.2, -0.2, 0.3, -0.3]
  const apart = [0.1, 0.2, 0.3, -0.1, -0.2, -0.3]
  const rows = [frames.slice(0, 2), frames.slice(2, 4), frames.slice(4)]
  it.each<readonly [string, Parameters<typeof audio>[0], number]>([
    ['[n, 2]', tensor([3, 2], 'float32', frames), 2],
    ['[2, n]', tensor([2, 3], 'float32', apart), 2],
    ['[1, 2, n]', tensor([1, 2, 3], 'float32', apart), 2],
    ['[n, 2] in lists', rows, 2],
    ['[2, n] in lists', [apart.slice(0, 3), apart.slice(3)], 2],
    ['[n, 2] with a shape', { data: Float32Array.from(frames), shape: [3, 2] }, 2],
    ['[1, n]', tensor([1, 6], 'float32', frames), 1],
    ['[n, 1]', frames.map((one) => [one]), 1],
  ])('finds the channels of %s', async (_, source, channels) => {
    const found = await heard(source)
    expect([found.channels, found.samples]).toEqual([channels, frames.map((one) => Math.round(one * 32_767))])
  })

  it('keeps the bytes of a file', async () => {
    const { meta, data } = await opened(audio(new Blob(['ID3 song'])))
    expect([meta, data]).toEqual([{ mime: 'audio/mpeg' }, bytesOf('ID3 song')])
  })

  it.each([
    [audio(Float32Array.of(1)), 'samples need { sampleRate }'],
    [audio(Float32Array.of(1), { sampleRate: Number.NaN }), 'a sample rate of number NaN'],
    [audio(new Float32Array(0), { sampleRate: 1 }), 'a sound without samples'],
    [
      audio([Float32Array.of(1), new Float32Array(2)], { sampleRate: 1 }),
      'channel 1 has 2 samples, the first 1',
    ],
    [audio('song.mp3' as never, { sampleRate: 1 }), 'samples: no numbers but string "song.mp3"'],
    [audio(new Blob([bytesOf('\u0089PNG\r\n\u001a\n')])), 'no sound but image/png'],
    [video(new Blob(['ID3'])), 'no film but audio/mpeg'],
    [video([]), 'a film without frames'],
    [video([new Blob([]) as never]), 'a frame is a file: pass canvases, bitmaps or pixels'],
    [video([{ data: Uint8Array.of(1), width: 1, height: 1 }], { fps: 0 }), 'fps: number 0 is not 1 … 1,000'],
    // Node has no encoder.
    [
      video([{ data: Uint8Array.of(1), width: 1, height: 1 }]),
      'this browser has no encoder for films of 1 × 1',
    ],
  ])('refuses %# in words', async (value, words) => {
    expect(await open(value)).toBe(words)
  })
})

describe('the type of a file', () => {
  it.each([
    ['\u00ff\u00d8\u00ff\u00e0', 'image/jpeg'],
    ['GIF89a', 'image/gif'],
    ['RIFFxxxxWEBP', 'image/webp'],
    ['RIFFxxxxWAVE', 'audio/wav'],
    ['xxxxftypavif', 'image/avif'],
    ['xxxxftypisom', 'video/mp4'],
    ['OggS', 'audio/ogg'],
    ['\u00ff\u00fb\u0090', 'audio/mpeg'],
    ['\u001aE\u00df\u00a3', 'video/webm'],
    ['', undefined],
    ['<html>', undefined],
  ])('is told by how it begins: %j', (start, mime) => {
    expect(fileTypeOf(bytesOf(start))?.mime).toBe(mime)
  })

  it('of a container that holds either is what it is logged as', () => {
    expect(fileTypeOf(bytesOf('\u001aE\u00df\u00a3'), 'audio/')).toEqual({
      family: 'audio',
      mime: 'audio/webm',
    })
    expect(fileTypeOf(bytesOf('OggS'), 'video/')).toEqual({ family: 'video', mime: 'video/ogg' })
  })

  it('finds an SVG behind comments', () => {
    expect(looksLikeSvg(bytesOf('<!-- a --> <svg>'))).toBe(true)
    expect(looksLikeSvg(bytesOf('\u00ef\u00bb\u00bf\n<svg/>'))).toBe(true)
    expect(looksLikeSvg(bytesOf('svg <svg'))).toBe(false)
  })
})
