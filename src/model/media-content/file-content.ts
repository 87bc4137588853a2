import type { ImageBox } from '../media.ts'
import { err, ok, type Result } from '../result.ts'
import { isRecord } from '../raw-value.ts'
import { countOf, numberOf, parseMeta, textOf, type RawMeta } from './meta-fields.ts'
import type { StoredArray } from './numbers.ts'

/** Which class each pixel is of: the bytes of an 8-bit grey PNG, and what the classes are called by their number. */
export interface MaskContent {
  readonly name: string
  readonly classes: ReadonlyMap<number, string>
  readonly png: Uint8Array<ArrayBuffer>
}

export interface ImageContent {
  readonly kind: 'image'
  readonly mime: string
  readonly file: Uint8Array<ArrayBuffer>
  /** Unit: pixels; as claimed. */
  readonly width: number
  readonly height: number
  readonly caption: string
  readonly boxes: readonly ImageBox[]
  readonly masks: readonly MaskContent[]
}

export interface SoundContent {
  readonly kind: 'audio' | 'video'
  readonly mime: string
  readonly file: Uint8Array<ArrayBuffer>
  readonly caption: string
}

export interface TextContent {
  readonly kind: 'text'
  readonly format: 'plain' | 'markdown'
  readonly text: string
}

export interface HtmlContent {
  readonly kind: 'html'
  readonly title: string
  readonly html: string
}

/** Pictures a browser draws that can hold no script. */
const IMAGE_TYPES: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'image/avif',
])
const FILM_TYPE = /^(audio|video)\/[a-z0-9][a-z0-9.+-]{0,60}(;\s*codecs=["\w., -]{1,80})?$/i

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
    })
    from += maskBytes
  }
  return ok({
    kind: 'image',
    mime,
    file: bytes.subarray(0, length),
    width,
    height,
    caption: textOf(meta['caption']),
    boxes: listOf(meta['boxes'], MAX_BOXES).flatMap(boxOf),
    masks,
  })
}

export function parseSound(
  kind: SoundContent['kind'],
  array: StoredArray,
  metaText: string,
): Result<SoundContent, string> {
  const meta = parseMeta(metaText)
  return meta.ok ? soundOf(kind, array.bytes, meta.value) : meta
}

/** A sound or a film from its bytes and whatever is said of it. */
export function soundOf(
  kind: SoundContent['kind'],
  file: Uint8Array<ArrayBuffer>,
  meta: RawMeta,
): Result<SoundContent, string> {
  const mime = textOf(meta['mime'])
  if (!FILM_TYPE.test(mime)) return err(`“${mime.slice(0, 60)}” is no type of sound or film`)
  if (file.length === 0) return err('it has no bytes')
  return ok({ kind, mime, file, caption: textOf(meta['caption']) })
}

/** Errors: bytes that are no UTF-8. */
export function parseText({ bytes }: StoredArray, metaText: string): Result<TextContent, string> {
  const meta = parseMeta(metaText)
  if (!meta.ok) return meta
  const text = decode(bytes)
  if (!text.ok) return text
  return ok({
    kind: 'text',
    format: meta.value['format'] === 'markdown' ? 'markdown' : 'plain',
    text: text.value,
  })
}

export function parseHtml({ bytes }: StoredArray, metaText: string): Result<HtmlContent, string> {
  const meta = parseMeta(metaText)
  if (!meta.ok) return meta
  const html = decode(bytes)
  return html.ok ? ok({ kind: 'html', title: textOf(meta.value['title']), html: html.value }) : html
}

export function decode(bytes: Uint8Array): Result<string, string> {
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return err('its bytes are no UTF-8')
  }
}

function boxOf(raw: RawMeta): readonly ImageBox[] {
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => numberOf(raw[name]))
  if (typeof x !== 'number' || typeof y !== 'number') return []
  if (typeof width !== 'number' || typeof height !== 'number' || width < 0 || height < 0) return []
  const label = textOf(raw['label'])
  const score = numberOf(raw['score'])
  return [{ x, y, width, height, ...(label === '' ? {} : { label }), ...(score === null ? {} : { score }) }]
}

function listOf(raw: unknown, most: number): readonly RawMeta[] {
  return Array.isArray(raw) ? raw.slice(0, most).filter(isRecord) : []
}
