import type { PixelRange } from '../model/media-content/pixel-range.ts'
import type { RawPixels } from './jobs.ts'
import { numbersOf, opaqueOf } from './pixel-range.ts'

/** Pixels of 8 bits. Shape: row-major, `channels` a pixel: 1 grey, 3 RGB, 4 RGBA. */
export interface Pixels {
  readonly data: Uint8Array | Uint8ClampedArray
  readonly width: number
  readonly height: number
  readonly channels: number
}

/**
 * Numbers as 8-bit pixels: from black to white, rounded and kept within them. A pixel that has a number that is not finite
 * is clear. Cost: no copy of what is 8-bit already.
 */
export function toPixels(raw: RawPixels, given: PixelRange | null): Pixels {
  const { values, entries, width, height, channels } = raw
  const range = entries === 'bytes' ? null : given
  const isExact = range === null || (range.black === 0 && range.white === 255)
  if (isExact && (values instanceof Uint8Array || values instanceof Uint8ClampedArray)) {
    return { data: values, width, height, channels }
  }
  const { black, white } = range ?? { black: 0, white: 255 }
  // Half of each: between two numbers there can be more than the greatest.
  const [from, room] = [black / 2, white / 2 - black / 2]
  const opaque = range === null ? 255 : opaqueOf(raw, range)
  const numbers = numbersOf(raw)
  // It rounds to the nearest and keeps within 0 … 255.
  const data = new Uint8ClampedArray(numbers.length)
  for (let index = 0; index < data.length; index += 1) {
    const value = Number(numbers[index])
    const isAlpha = channels === 4 && index % 4 === 3
    data[index] = isAlpha ? (value / opaque) * 255 : ((value / 2 - from) / room) * 255
  }
  const pixels = { data, width, height, channels }
  return range?.lost === undefined ? pixels : cleared(pixels, numbers)
}

/** The same with what has no finite number taken out. */
function cleared(pixels: Pixels, numbers: ArrayLike<number | bigint>): Pixels {
  const { width, height, channels } = pixels
  const data = toRgba(pixels)
  for (let at = 0; at < numbers.length; at += 1) {
    if (!Number.isFinite(Number(numbers[at])))
      data.fill(0, 4 * Math.floor(at / channels), 4 * Math.floor(at / channels) + 4)
  }
  return { data, width, height, channels: 4 }
}

/** The same picture with four channels, opaque where it had none. */
export function toRgba({ data, width, height, channels }: Pixels): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(4 * width * height)
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      rgba[4 * pixel + channel] = data[channels * pixel + (channels === 1 ? 0 : channel)] ?? 0
    }
    rgba[4 * pixel + 3] = channels === 4 ? (data[4 * pixel + 3] ?? 0) : 255
  }
  return rgba
}

/** Pictures that are one below the other, in rows of `columns`; what is left of the last row is black, or clear. */
export function tiled({ data, width, height, channels }: Pixels, count: number, columns: number): Pixels {
  const each = height / count
  const stride = width * channels
  const rows = Math.ceil(count / columns)
  const whole = new Uint8Array(rows * each * columns * stride)
  for (let line = 0; line < height; line += 1) {
    const tile = Math.floor(line / each)
    const y = Math.floor(tile / columns) * each + (line % each)
    whole.set(data.subarray(line * stride, (line + 1) * stride), (y * columns + (tile % columns)) * stride)
  }
  return { data: whole, width: width * columns, height: rows * each, channels }
}
