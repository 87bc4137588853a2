import type { ImageBox } from '../model/media-content/image-content.ts'
import type { MediaValue } from '../client/media-value.ts'
import { encoder } from './encoders.ts'
import { toText } from './labels.ts'
import { all, andThen } from './later.ts'
import { readMasks, toBoxes, type MaskLike } from './overlays.ts'
import { snapshot, snapshotTiles, transferOf, type PictureLike } from './picture-source.ts'
import type { PictureSource, MaskSource } from './jobs.ts'
import { mediaValue } from './shown.ts'
import type { TensorLike } from './tensor-like.ts'

export interface ImageOptions {
  readonly caption?: string
  readonly boxes?: readonly ImageBox[]
  /** By name: which class each pixel is of. */
  readonly masks?: Readonly<Record<string, MaskLike | NonNullable<MaskLike['data']>>>
  /** What canvases and pixels are encoded as: `image/png` unless told. A file stays what it is. */
  readonly mime?: 'image/png' | 'image/jpeg' | 'image/webp'
  /** Of JPEG and WebP, 0 … 1. */
  readonly quality?: number
}

/**
 * A picture: `run.log({ 'samples/first': image(canvas, { caption: 'predicted 7' }) })`.
 *
 * It is taken as it is now and encoded in a worker. Pixels are kept exactly, as PNG; files keep their bytes.
 */
export function image(source: PictureLike, options: ImageOptions = {}): MediaValue {
  return mediaValue(() => {
    const wishes = readWishes(options)
    const boxes = toBoxes(options.boxes)
    if (!boxes.ok) return boxes
    const taken = all<[PictureSource, readonly MaskSource[]]>([snapshot(source), readMasks(options.masks)])
    return andThen(taken, ([source, masks]) =>
      encoder.encode({ type: 'picture', source, ...wishes, boxes: boxes.value, masks }, [
        ...transferOf(source),
        ...masks.map(({ values }) => values.buffer),
      ]),
    )
  })
}

export interface ImagesOptions extends Pick<ImageOptions, 'caption' | 'mime' | 'quality'> {
  /** How many beside each other; about as many as below each other when left out. */
  readonly columns?: number
}

/** A batch of pictures of one size in one: a tensor [n, h, w], or [n, h, w, channels]. */
export function images(batch: TensorLike, options: ImagesOptions = {}): MediaValue {
  return mediaValue(() => {
    const wishes = readWishes(options)
    return andThen(snapshotTiles(batch, options.columns), (source) =>
      encoder.encode({ type: 'picture', source, ...wishes, boxes: [], masks: [] }, transferOf(source)),
    )
  })
}

function readWishes({ caption, mime, quality }: Pick<ImageOptions, 'caption' | 'mime' | 'quality'>) {
  return {
    caption: toText(caption),
    mime: toText(mime) ?? 'image/png',
    quality: typeof quality === 'number' ? quality : undefined,
  }
}
