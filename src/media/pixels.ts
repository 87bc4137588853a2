import type { RawPixels } from './jobs.ts'

/** Pixels of 8 bits. Shape: row-major, `channels` a pixel: 1 grey, 3 RGB, 4 RGBA. */
export interface Pixels {
  readonly data: Uint8Array | Uint8ClampedArray
  readonly width: number
  readonly height: number
  readonly channels: number
}

/** Numbers as 8-bit pixels: scaled, rounded and kept within bounds; NaN is 0. Cost: no copy of what is 8-bit already. */
export function toPixels({ values, width, height, channels, white }: RawPixels): Pixels {
  if (white === 255 && (values instanceof Uint8Array || values instanceof Uint8ClampedArray)) {
    return { data: values, width, height, channels }
  }
  const numbers = values as unknown as ArrayLike<number | bigint>
  // It rounds to the nearest, keeps within 0 … 255 and makes NaN 0.
  const data = new Uint8ClampedArray(numbers.length)
  const scale = 255 / white
  for (let index = 0; index < data.length; index += 1) data[index] = Number(numbers[index]) * scale
  return { data, width, height, channels }
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
