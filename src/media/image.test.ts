import { inflateSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ImageMeta } from '../model/media-content/image-content.ts'
import { image, images } from './image.ts'
import { open, opened } from './opened.fixture.ts'

/** Reads a PNG without filters by its specification, with the inflate of Node. */
function readPng(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  expect([...bytes.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10])
  const [width, height, depth, color] = [view.getUint32(16), view.getUint32(20), bytes[24], bytes[25] ?? 0]
  expect(depth).toBe(8)
  const channels = { 0: 1, 2: 3, 6: 4 }[color] ?? 0
  const data: Uint8Array[] = []
  for (let at = 8; at < bytes.length; at += 12 + view.getUint32(at)) {
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (name === 'IDAT') data.push(bytes.subarray(at + 8, at + 8 + view.getUint32(at)))
  }
  const rows = inflateSync(Buffer.concat(data))
  const stride = channels * width + 1
  const pixels = Array.from({ length: height }, (_, y) => {
    expect(rows[y * stride]).toBe(0)
    return [...rows.subarray(y * stride + 1, (y + 1) * stride)]
  })
  return { width, height, channels, pixels: pixels.flat() }
}

async function png(...args: Parameters<typeof image>) {
  const { kind, meta, data } = await opened(image(...args))
  expect(kind).toBe('image')
  const { mime, width, height, bytes } = meta as ImageMeta
  const read = readPng((data as Uint8Array).subarray(0, bytes))
  expect({ mime, width, height }).toEqual({ mime: 'image/png', width: read.width, height: read.height })
  return read
}

/** A tensor, as far as ours are read. */
function tensor(shape: number[], dtype: string, values: ArrayLike<number>) {
  return { shape, dtype, data: () => Promise.resolve(values) }
}

/** Pixels of numbers in a row, and what is said of their range. */
async function drawn(data: Float32Array | Int32Array | Uint8Array | Int16Array, channels = 1) {
  const made = await opened(image({ data, width: data.length / channels, height: 1, channels }))
  const { bytes, range } = made.meta as ImageMeta
  return { ...readPng((made.data as Uint8Array).subarray(0, bytes)), range }
}

describe('image', () => {
  it('keeps every pixel of grey, RGB and RGBA', async () => {
    const size = fc.integer({ min: 1, max: 9 })
    await fc.assert(
      fc.asyncProperty(
        size,
        size,
        fc.constantFrom(1, 3, 4),
        fc.infiniteStream(fc.nat(255)),
        async (w, h, c, bytes) => {
          const data = Uint8ClampedArray.from(bytes.take(w * h * c))
          const read = await png({ data, width: w, height: h, channels: c })
          expect(read).toEqual({ width: w, height: h, channels: c, pixels: [...data] })
        },
      ),
    )
  })

  it.each<
    readonly [string, Float32Array | Int32Array | Uint8Array | Int16Array, readonly number[], number, number]
  >([
    ['0 … 1', Float32Array.of(0, 0.5, 1), [0, 128, 255], 0, 1],
    ['0 … 1 after resampling', Float32Array.of(-0.03, 0.5, 1.04), [0, 128, 255], 0, 1],
    ['−1 … 1', Float32Array.of(-1, 0, 1), [0, 128, 255], -1, 1],
    ['0 … 255', Float32Array.of(0, 128, 255), [0, 128, 255], 0, 255],
    ['standardised', Float32Array.of(-2, 0, 2), [0, 128, 255], -2, 2],
    ['tiny', Float32Array.of(0, 0.005, 0.01), [0, 128, 255], 0, 0.01],
    ['tiny and signed', Float32Array.of(-0.001, 0, 0.001), [0, 128, 255], -0.001, 0.001],
    ['activations', Float32Array.of(0, 3, 6), [0, 128, 255], 0, 6],
    ['wide', Float32Array.of(-1e30, 0, 1e30), [0, 128, 255], -1e30, 1e30],
    ['of one value', Float32Array.of(0.5, 0.5), [128, 128], 0, 1],
    ['of nothing', Float32Array.of(0, 0), [0, 0], 0, 1],
    ['a mask', Int32Array.of(0, 1, 1), [0, 255, 255], 0, 1],
    ['a mask of bytes', Uint8Array.of(0, 1, 1), [0, 255, 255], 0, 1],
    ['whole 0 … 255', Int32Array.of(0, 7, 255), [0, 7, 255], 0, 255],
    ['16 bits', Int16Array.of(-1_000, 0, 1_000), [0, 128, 255], -1_000, 1_000],
  ])('draws numbers that are %s', async (_, data, pixels, black, white) => {
    const found = await drawn(data)
    expect(found.pixels).toEqual(pixels)
    expect([found.range?.black, found.range?.white]).toEqual([Math.fround(black), Math.fround(white)])
  })

  it('draws what is not finite as nothing, and counts it', async () => {
    const { channels, pixels, range } = await drawn(
      Float32Array.of(0, Number.NaN, 1, Number.POSITIVE_INFINITY),
    )
    expect([channels, pixels]).toEqual([4, [0, 0, 0, 255, 0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0]])
    expect(range).toEqual({ black: 0, white: 1, min: 0, max: 1, count: 4, lost: 2 })
    expect((await drawn(Float32Array.of(Number.NaN))).pixels).toEqual([0, 0, 0, 0])
  })

  it('counts what is beyond black and white', async () => {
    expect((await drawn(Float32Array.of(-0.01, 0.5, 1, 1.01))).range).toMatchObject({ cut: 2, count: 4 })
  })

  it('takes alpha as a part of 1 or of 255, whatever the colours are', async () => {
    expect((await drawn(Float32Array.of(-1, 0, 1, 1), 4)).pixels).toEqual([0, 128, 255, 255])
    expect((await drawn(Float32Array.of(0, 1, 1, 255), 4)).pixels).toEqual([0, 1, 1, 255])
    expect((await drawn(Uint8Array.of(0, 1, 0, 255), 4)).pixels).toEqual([0, 1, 0, 255])
  })

  it('reads tensors by their type', async () => {
    expect((await png(tensor([2, 1], 'float32', [0, 1]))).pixels).toEqual([0, 255])
    expect(await png(tensor([1, 1, 3], 'int32', [1, 2, 3]))).toMatchObject({ channels: 3, pixels: [1, 2, 3] })
    expect((await png(tensor([1, 2], 'bool', Uint8Array.of(0, 1)))).pixels).toEqual([0, 255])
  })

  it('keeps 8-bit pixels of a canvas however dark they are', async () => {
    const made = await opened(image({ data: Uint8ClampedArray.of(0, 1, 1, 1), width: 1, height: 1 }))
    expect(readPng(made.data as Uint8Array).pixels).toEqual([0, 1, 1, 1])
    expect(made.meta).not.toHaveProperty('range')
  })

  it('has one range for all of a batch', async () => {
    const { meta, data } = await opened(images(tensor([2, 1, 1], 'float32', [-1, 0.5]), { columns: 2 }))
    expect(readPng(data as Uint8Array).pixels).toEqual([0, 191])
    expect(meta).toMatchObject({ range: { black: -1, white: 1 } })
  })

  it('takes the pixels as they are when it is called', async () => {
    const data = Uint8Array.of(7)
    const value = image({ data, width: 1, height: 1 })
    data[0] = 9
    expect(readPng((await opened(value)).data as Uint8Array).pixels).toEqual([7])
    expect(data).toHaveLength(1)
  })

  it('lays masks behind the picture and says what is over it', async () => {
    const boxes = [{ x: 0.5, y: 0, width: 1, height: 1, label: 'cat', score: 0.9 }]
    const { meta, data } = await opened(
      image(
        { data: Uint8Array.of(1, 2), width: 2, height: 1 },
        {
          caption: 'two',
          boxes,
          masks: { truth: { data: Uint8Array.of(0, 1), classes: ['', 'cat'] }, found: [[1, 2]] },
        },
      ),
    )
    const { bytes, masks, caption, boxes: kept } = meta as ImageMeta
    expect({ caption, boxes: kept }).toEqual({ caption: 'two', boxes })
    expect(masks?.map(({ name, classes }) => [name, classes])).toEqual([
      ['truth', { 0: '', 1: 'cat' }],
      ['found', { 1: '1', 2: '2' }],
    ])
    const whole = data as Uint8Array
    const first = bytes + (masks?.[0]?.bytes ?? 0)
    expect(readPng(whole.subarray(bytes, first)).pixels).toEqual([0, 1])
    expect(readPng(whole.subarray(first)).pixels).toEqual([1, 2])
    expect(first + (masks?.[1]?.bytes ?? 0)).toBe(whole.length)
  })

  it.each<readonly [string, readonly number[], readonly number[], object]>([
    ['nothing', [0, 1, -1, Number.NaN], [0, 1, 0, 0], { classes: { 1: 'cat' }, lost: 2 }],
    ['white', [0, 255, 255, 0], [0, 1, 1, 0], { classes: { 1: 'cat' } }],
    ['what has no name', [0, 1, 2, 255], [0, 1, 2, 255], { classes: { 1: 'cat', 2: '2', 255: '255' } }],
    ['probabilities', [0.1, 0.5, 1, -1], [0, 1, 1, 0], { classes: { 1: 'cat' }, from: 0.5, lost: 1 }],
  ])('draws masks of %s', async (_, values, classes, said) => {
    const picture = { data: new Uint8Array(4), width: 2, height: 2 }
    const mask = { data: tensor([2, 2], 'float32', values), classes: { 1: 'cat' } }
    const { meta, data } = await opened(image(picture, { masks: { truth: mask } }))
    const { bytes, masks } = meta as ImageMeta
    expect(readPng((data as Uint8Array).subarray(bytes)).pixels).toEqual(classes)
    expect(masks).toEqual([{ name: 'truth', bytes: masks?.[0]?.bytes, ...said }])
  })

  it('lays a batch out in rows', async () => {
    const batch = tensor([3, 2, 1], 'int32', [1, 2, 3, 4, 5, 6])
    const { meta, data } = await opened(images(batch, { caption: 'three' }))
    expect(meta).toMatchObject({ width: 2, height: 4, caption: 'three' })
    expect(readPng(data as Uint8Array).pixels).toEqual([1, 3, 2, 4, 5, 0, 6, 0])
    const row = await opened(images(tensor([2, 1, 1, 3], 'float32', [1, 0, 0, 0, 1, 0]), { columns: 9 }))
    expect(readPng(row.data as Uint8Array)).toMatchObject({
      width: 2,
      height: 1,
      pixels: [255, 0, 0, 0, 255, 0],
    })
  })

  it.each([
    [tensor([0, 2, 2], 'int32', []), {}, 'the picture is 2 × 0 pixels'],
    [tensor([4], 'int32', [1, 2, 3, 4]), {}, 'no batch: a tensor [4]'],
    [tensor([1, 1, 1], 'int32', [1]), { columns: 0.5 }, 'columns: 0.5'],
    [[1, 2], {}, 'no batch but array of 2: pass a tensor [n, h, w, c]'],
  ])('refuses batch %# in words', async (batch, options, words) => {
    expect(await open(images(batch as never, options))).toBe(words)
  })

  const pixel = { data: Uint8Array.of(1), width: 1, height: 1 }
  it.each([
    [{ ...pixel, width: 0 }, {}, 'the picture is 0 × 1 pixels'],
    [{ ...pixel, width: Number.NaN }, {}, 'no size of a picture: NaN × 1'],
    [{ ...pixel, channels: 3 }, {}, '1 values for 1 × 1 pixels of 3 channels'],
    [
      { data: new Uint8Array(2), width: 1, height: 1 },
      {},
      '2 channels: a picture has 1 (grey), 3 (RGB) or 4 (RGBA)',
    ],
    [
      tensor([8, 2, 2, 3], 'float32', new Float32Array(96)),
      {},
      'a batch [8, 2, 2, 3]: use images(…), or slice one out of it',
    ],
    [tensor([2, 2], 'float32', [1]), {}, 'tensor of 1 values, shape [2, 2]'],
    [null, {}, 'no picture but null'],
    ['cat.png', {}, 'no picture but string "cat.png"'],
    [{}, {}, 'no picture but object Object'],
    [pixel, { boxes: [{ x: 0, y: 0, width: Number.NaN, height: 1 }] }, 'box 0: width is number NaN'],
    [pixel, { boxes: [{ x: 0, y: 0, width: -1, height: 1 }] }, 'box 0 is -1 × 1'],
    [pixel, { boxes: 'all' }, 'boxes: no list but string "all"'],
    [pixel, { masks: { m: new Uint8Array(4) } }, 'mask m: 4 values for 1 × 1 pixels'],
    [pixel, { masks: { m: [256] } }, 'mask m: class 256 is not 0 … 255: number the classes anew'],
    [pixel, { masks: { m: [0.5, 2] } }, 'mask m: 2 beside fractions: pass whole numbers of classes'],
    [
      { data: new Uint8Array(6), width: 3, height: 2 },
      { masks: { m: tensor([3, 2], 'int32', [0, 0, 0, 0, 0, 0]) } },
      'mask m: 3 rows of 2, the picture has 2 of 3',
    ],
    [
      new Blob(['<?xml version="1.0"?><svg/>']),
      {},
      'an SVG can hold scripts: draw it on a canvas and log that',
    ],
    [new Blob(['hello']), {}, 'no picture: PNG, JPEG, WebP, GIF or AVIF'],
    [new Blob(['RIFF1234WAVE']), {}, 'no picture but audio/wav'],
  ])('refuses %# in words', async (source, options, words) => {
    expect(await open(image(source as never, options as never))).toBe(words)
  })
})
