import { err, ok, type Result } from '../result.ts'
import { isRecord } from '../raw-value.ts'
import { countOf, listOf, numberOf, parseMeta, textOf, type RawMeta } from './meta-fields.ts'
import type { StoredArray } from './numbers.ts'
import { pixelRangeOf, type PixelRange } from './pixel-range.ts'

/** A rectangle on an image. Unit: pixels of the image, from its top left corner. */
export interface ImageBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly label?: string
  /** How sure a detector was. */
  readonly score?: number
}

/** Which class each pixel of an image is of; 0 is none. `classes` names the others by their number. */
export interface ImageMask {
  readonly name: string
  readonly classes: Readonly<Record<string, string>>
  /** How many bytes its PNG takes: 8-bit grey, as large as the image. */
  readonly bytes: number
  /** How many pixels held what is no class: they are of none. */
  readonly lost?: number
  /** Of probabilities: the least that is of class 1. */
  readonly from?: number
}

/**
 * Shape: uint8, the bytes of a PNG, JPEG, WebP, GIF or AVIF (`bytes` of them), then those of the PNG of each mask.
 */
export interface ImageMeta {
  readonly mime: string
  /** Unit: pixels. */
  readonly width: number
  readonly height: number
  readonly bytes: number
  /** Of what was logged as numbers. */
  readonly range?: PixelRange
  readonly caption?: string
  readonly boxes?: readonly ImageBox[]
  readonly masks?: readonly ImageMask[]
}

/** Which class each pixel is of: the bytes of an 8-bit grey PNG, and what the classes are called by their number. */
export interface MaskContent {
  readonly name: string
  readonly classes: ReadonlyMap<number, string>
  readonly png: Uint8Array<ArrayBuffer>
  readonly lost: number
  readonly from: number | null
}

export interface ImageContent {
  readonly kind: 'image'
  readonly mime: string
  readonly file: Uint8Array<ArrayBuffer>
  /** Unit: pixels; as claimed. */
  readonly width: number
  readonly height: number
  readonly range: PixelRange | null
  readonly caption: string
  readonly boxes: readonly ImageBox[]
  readonly masks: readonly MaskContent[]
}

/** Pictures a browser draws that can hold no script. */
const IMAGE_TYPES: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'image/avif',
])

/** More boxes or masks on one image cover it. */
const MAX_BOXES = 1_000
const MAX_MASKS = 32
/** Wider than any picture; what claims more lies. Unit: pixels. */
const MAX_SIDE = 65_536
const MAX_CLASSES = 256

export function parseImage(array: StoredArray, metaText: string): Result<ImageContent, string> {
  const meta = parseMeta(metaText)
  return meta.ok ? imageOf(array.bytes, meta.value) : meta
}

/** An image from its bytes and whatever is said of it. */
export function imageOf(bytes: Uint8Array<ArrayBuffer>, meta: RawMeta): Result<ImageContent, string> {
  const mime = textOf(meta['mime']).toLowerCase()
  if (!IMAGE_TYPES.has(mime)) return err(`“${mime.slice(0, 60)}” is no type of image that is shown`)
  const [width, height, length] = [
    countOf(meta['width']),
    countOf(meta['height']),
    countOf(meta['bytes'] ?? bytes.length),
  ]
  if (width === null || height === null || width > MAX_SIDE || height > MAX_SIDE || width * height === 0) {
    return err('its size in pixels is wrong')
  }
  if (length === null || length === 0 || length > bytes.length) {
    return err(`it should have ${length ?? 'some'} bytes and has ${bytes.length}`)
  }
  const masks: MaskContent[] = []
  let from = length
  for (const raw of listOf(meta['masks'], MAX_MASKS)) {
    const maskBytes = countOf(raw['bytes'])
    if (maskBytes === null || from + maskBytes > bytes.length) return err('the bytes of a mask are missing')
    const classes = Object.entries(isRecord(raw['classes']) ? raw['classes'] : {}).slice(0, MAX_CLASSES)
    masks.push({
      name: textOf(raw['name']),
      classes: new Map(classes.map(([number, name]) => [Number(number), textOf(name)] as const)),
      png: bytes.subarray(from, from + maskBytes),
      lost: countOf(raw['lost']) ?? 0,
      from: numberOf(raw['from']),
    })
    from += maskBytes
  }
  return ok({
    kind: 'image',
    mime,
    file: bytes.subarray(0, length),
    width,
    height,
    range: pixelRangeOf(meta['range']),
    caption: textOf(meta['caption']),
    boxes: listOf(meta['boxes'], MAX_BOXES).flatMap(boxOf),
    masks,
  })
}

function boxOf(raw: RawMeta): readonly ImageBox[] {
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => numberOf(raw[name]))
  if (typeof x !== 'number' || typeof y !== 'number') return []
  if (typeof width !== 'number' || typeof height !== 'number' || width < 0 || height < 0) return []
  const label = textOf(raw['label'])
  const score = numberOf(raw['score'])
  return [{ x, y, width, height, ...(label === '' ? {} : { label }), ...(score === null ? {} : { score }) }]
}
