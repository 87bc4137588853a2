import { err, ok } from '../model/result.ts'
import type { TypedArray } from '../client/array-value.ts'
import { describeValue } from '../client/refusals.ts'
import type { PictureSource, RawPixels, TilesSource } from './jobs.ts'
import { andThen, type Later, type Words } from './later.ts'
import { isTensorLike, readTensor, type ReadTensor, type TensorLike } from './tensor-like.ts'

/** Anything that shows a picture. What of `data` and of a tensor is black and white is told by their range. */
export type PictureLike =
  | ImageData
  | CanvasImageSource
  | Blob
  | { readonly data: TypedArray; readonly width: number; readonly height: number; readonly channels?: number }
  | TensorLike

/** By the name every such object bears, in whatever page or frame it was made. */
const DRAWN: ReadonlySet<string> = new Set([
  'HTMLCanvasElement',
  'OffscreenCanvas',
  'ImageBitmap',
  'HTMLImageElement',
  'SVGImageElement',
  'VideoFrame',
])

/** A picture as it is now; what a tensor held is read back later. */
export function snapshot(source: unknown): Later<Words<PictureSource>> {
  if (typeof source !== 'object' || source === null) return err(`no picture but ${describeValue(source)}`)
  if (isTensorLike(source)) return andThen(readTensor(source), fromTensor)
  if (isBlob(source)) return ok({ type: 'file', file: source })
  const kind = kindOf(source)
  if (kind === 'HTMLVideoElement') return frameOf(source as PlayingFilm)
  return DRAWN.has(kind) ? drawn(source, kind) : fromPixels(source)
}

/** The bitmap is taken within the call, whatever is drawn afterwards. */
async function drawn(source: object, kind: string): Promise<Words<PictureSource>> {
  const { width, height } = source as ImageBitmap
  // Those of other kinds say how large they are shown.
  if (kind.includes('Canvas') && (width === 0 || height === 0)) return empty(width, height)
  try {
    return ok({ type: 'bitmap', bitmap: await createImageBitmap(source as ImageBitmapSource) })
  } catch (thrown) {
    return err(`it cannot be read: ${reasonOf(thrown)}`)
  }
}

/** A film element, as far as its frame needs it. */
type PlayingFilm = CanvasImageSource & {
  readonly videoWidth: number
  readonly videoHeight: number
  readonly readyState: number
}

const HAVE_CURRENT_FRAME = 2

/** The frame is drawn: Chromium makes no bitmap of a film that has not been on the screen. */
function frameOf(film: PlayingFilm): Words<PictureSource> {
  const { videoWidth: width, videoHeight: height, readyState } = film
  const none = err('the film has no frame yet: wait until it shows one')
  if (width === 0 || readyState < HAVE_CURRENT_FRAME) return none
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  context?.drawImage(film, 0, 0)
  // What cannot be drawn yet is left out without a word, and frames are opaque.
  if (context?.getImageData(0, 0, 1, 1).data[3] === 0) return none
  return ok({ type: 'bitmap', bitmap: canvas.transferToImageBitmap() })
}

function empty(width: number, height: number): Words<never> {
  return err(`the picture is ${width} × ${height} pixels`)
}

/** What a browser says, without the call it failed in. */
function reasonOf(thrown: unknown): string {
  return String(thrown instanceof Error ? thrown.message : thrown).replace(/^Failed to execute [^:]*: /, '')
}

/** Whether it is a file, of whatever page or frame. */
export function isBlob(value: unknown): value is Blob {
  return typeof value === 'object' && value !== null && /^(Blob|File)$/.test(kindOf(value))
}

function kindOf(source: object): string {
  return String(Reflect.get(source, Symbol.toStringTag))
}

function fromPixels(source: object): Words<PictureSource> {
  const values: unknown = Reflect.get(source, 'data')
  if (!ArrayBuffer.isView(values) || values instanceof DataView)
    return err(`no picture but ${describeValue(source)}`)
  const width: unknown = Reflect.get(source, 'width')
  const height: unknown = Reflect.get(source, 'height')
  const { length } = values as TypedArray
  const given: unknown = Reflect.get(source, 'channels')
  return checkPixels({
    // A copy: the caller goes on with theirs.
    values: (values as unknown as { slice(): TypedArray }).slice(),
    width: Number(width),
    height: Number(height),
    channels: given === undefined ? length / (Number(width) * Number(height)) : Number(given),
    entries: entriesOf(kindOf(values)),
  })
}

function fromTensor({ values, shape, dtype }: ReadTensor): Words<PictureSource> {
  if (shape.length === 4) return err(`a batch [${shape.join(', ')}]: use images(…), or slice one out of it`)
  const [height = 0, width = 0, channels = 1] = shape
  if (shape.length !== 2 && shape.length !== 3) return err(`no picture: a tensor [${shape.join(', ')}]`)
  return checkPixels({ values: copied(values), width, height, channels, entries: entriesOf(dtype) })
}

/** By the name of a typed array or of the type of a tensor. */
function entriesOf(type: string): RawPixels['entries'] {
  // What canvases hold.
  if (type === 'Uint8ClampedArray') return 'bytes'
  return /int|bool/i.test(type) ? 'integer' : 'float'
}

/** A batch of pictures as it is now, read back later. */
export function snapshotTiles(batch: unknown, columnsGiven: number | undefined): Later<Words<TilesSource>> {
  if (!isTensorLike(batch)) return err(`no batch but ${describeValue(batch)}: pass a tensor [n, h, w, c]`)
  return andThen(readTensor(batch), ({ values, shape, dtype }) => {
    const [count = 0, height = 0, width = 0, channels = 1] = shape
    if (shape.length !== 3 && shape.length !== 4) return err(`no batch: a tensor [${shape.join(', ')}]`)
    const columns = columnsGiven ?? Math.ceil(Math.sqrt(count))
    if (count > 0 && (!Number.isSafeInteger(columns) || columns < 1)) return err(`columns: ${columns}`)
    const pixels = {
      values: copied(values),
      width,
      height: count * height,
      channels,
      entries: entriesOf(dtype),
    }
    return andThen(checkPixels(pixels), () =>
      ok({ type: 'tiles' as const, pixels, count, columns: Math.min(columns, count) }),
    )
  })
}

function copied(values: ArrayLike<number>): TypedArray {
  return ArrayBuffer.isView(values)
    ? (values as unknown as { slice(): TypedArray }).slice()
    : new Float64Array(values)
}

function checkPixels(pixels: RawPixels): Words<PictureSource> {
  const { values, width, height, channels } = pixels
  if (width === 0 || height === 0) return empty(width, height)
  if (!Number.isSafeInteger(width) || !Number.isSafeInteger(height) || width < 0 || height < 0) {
    return err(`no size of a picture: ${width} × ${height}`)
  }
  if (values.length !== width * height * channels || !Number.isInteger(channels)) {
    const each = Number.isInteger(channels) ? ` of ${channels} channels` : ''
    return err(`${values.length} values for ${width} × ${height} pixels${each}`)
  }
  if (channels !== 1 && channels !== 3 && channels !== 4) {
    return err(`${channels} channels: a picture has 1 (grey), 3 (RGB) or 4 (RGBA)`)
  }
  return ok({ type: 'pixels', pixels })
}

/** What changes threads with a source instead of being copied. */
export function transferOf(source: PictureSource): readonly (ImageBitmap | ArrayBuffer)[] {
  if (source.type === 'bitmap') return [source.bitmap]
  return source.type === 'file' ? [] : [source.pixels.values.buffer as ArrayBuffer]
}
