import { encode as encodePng } from 'fast-png'
import type { ImageMask, ImageMeta } from '../model/media-content/image-content.ts'
import type { PixelRange } from '../model/media-content/pixel-range.ts'
import { err, ok } from '../model/result.ts'
import type { Prepared } from '../client/media-value.ts'
import { fileTypeOf, looksLikeSvg, TYPE_BYTES } from './file-type.ts'
import type { MaskSource, PictureJob, PictureSource, RawPixels } from './jobs.ts'
import type { Words } from './later.ts'
import { rangeOf } from './pixel-range.ts'
import { tiled, toPixels, toRgba, type Pixels } from './pixels.ts'
import { showBytes } from './shown.ts'

interface Picture {
  readonly bytes: Uint8Array
  readonly mime: string
  readonly width: number
  readonly height: number
  /** Of what was logged as numbers. */
  readonly range?: PixelRange | null
}

/** Encodes a picture and its masks as the contract of images says. */
export async function encodePicture(job: PictureJob): Promise<Prepared> {
  const encoded = await encodeSource(job.source, job.mime, job.quality)
  if (!encoded.ok) return encoded
  const { bytes, mime, width, height, range } = encoded.value
  const masks: ImageMask[] = []
  const parts = [bytes]
  for (const mask of job.masks) {
    const drawn = encodeMask(mask, width, height)
    if (!drawn.ok) return drawn
    parts.push(drawn.value)
    const { name, classes, lost, from } = mask
    masks.push({
      name,
      classes,
      bytes: drawn.value.length,
      ...(lost === 0 ? {} : { lost }),
      ...(from === null ? {} : { from }),
    })
  }
  const meta: ImageMeta = {
    mime,
    width,
    height,
    bytes: bytes.length,
    ...(range === undefined || range === null ? {} : { range }),
    ...(job.caption === undefined ? {} : { caption: job.caption }),
    ...(job.boxes.length === 0 ? {} : { boxes: job.boxes }),
    ...(masks.length === 0 ? {} : { masks }),
  }
  return showBytes('image', meta, joined(parts))
}

async function encodeSource(
  source: PictureSource,
  mime: string,
  quality: number | undefined,
): Promise<Words<Picture>> {
  switch (source.type) {
    case 'bitmap':
      return encodeBitmap(source.bitmap, mime, quality)
    case 'pixels':
      return encodeNumbers(source.pixels, (pixels) => pixels, mime, quality)
    case 'tiles':
      return encodeNumbers(
        source.pixels,
        (pixels) => tiled(pixels, source.count, source.columns),
        mime,
        quality,
      )
    case 'file':
      return checkFile(source.file)
  }
}

async function encodeNumbers(
  raw: RawPixels,
  arrange: (pixels: Pixels) => Pixels,
  mime: string,
  quality: number | undefined,
): Promise<Words<Picture>> {
  const range = rangeOf([raw])
  const picture = await encodePixels(arrange(toPixels(raw, range)), mime, quality)
  return picture.ok ? ok({ ...picture.value, range }) : picture
}

async function encodePixels(
  pixels: Pixels,
  mime: string,
  quality: number | undefined,
): Promise<Words<Picture>> {
  if (mime === 'image/png') return ok(exactPng(pixels))
  const image = new ImageData(toRgba(pixels), pixels.width, pixels.height)
  return encodeBitmap(await createImageBitmap(image), mime, quality)
}

function exactPng({ data, width, height, channels }: Pixels): Picture {
  return { bytes: encodePng({ data, width, height, channels }), mime: 'image/png', width, height }
}

async function encodeBitmap(
  bitmap: ImageBitmap,
  mime: string,
  quality: number | undefined,
): Promise<Words<Picture>> {
  const { width, height } = bitmap
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('bitmaprenderer')
  if (context === null) return err(`a picture of ${width} × ${height} is too large for this browser`)
  context.transferFromImageBitmap(bitmap)
  const blob = await canvas.convertToBlob({ type: mime, ...(quality === undefined ? {} : { quality }) })
  // A browser that cannot encode what was asked for makes a PNG.
  return ok({ bytes: new Uint8Array(await blob.arrayBuffer()), mime: blob.type, width, height })
}

/** The bytes of a file as they are, once it is sure that they are a picture. */
async function checkFile(file: Blob): Promise<Words<Picture>> {
  const bytes = await readFile(file)
  if (bytes === null) return err('the file cannot be read any more')
  const start = bytes.subarray(0, TYPE_BYTES)
  const type = fileTypeOf(start, file.type)
  if (type?.family !== 'image') {
    if (looksLikeSvg(start)) return err('an SVG can hold scripts: draw it on a canvas and log that')
    return err(type === null ? 'no picture: PNG, JPEG, WebP, GIF or AVIF' : `no picture but ${type.mime}`)
  }
  try {
    const bitmap = await createImageBitmap(new Blob([bytes], { type: type.mime }))
    const { width, height } = bitmap
    bitmap.close()
    return ok({ bytes, mime: type.mime, width, height })
  } catch {
    return err(`a damaged file: it begins as ${type.mime} but does not decode`)
  }
}

async function readFile(file: Blob): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    return null
  }
}

function encodeMask({ name, values, size }: MaskSource, width: number, height: number): Words<Uint8Array> {
  if (values.length !== width * height) {
    return err(`mask ${name}: ${values.length} values for ${width} × ${height} pixels`)
  }
  if (size !== null && size[0] !== height) {
    return err(`mask ${name}: ${size[0]} rows of ${size[1]}, the picture has ${height} of ${width}`)
  }
  return ok(encodePng({ data: values, width, height, channels: 1 }))
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts
  if (parts.length === 1 && only !== undefined && only.length === only.buffer.byteLength) return only
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}
