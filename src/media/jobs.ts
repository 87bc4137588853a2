import type { ImageBox } from '../model/media-content/image-content.ts'
import type { TypedArray } from '../client/array-value.ts'

/** What encoders are asked to do: all of it cloneable, its buffers and bitmaps theirs. */
export type Job = PictureJob | SoundJob

/** A picture with what lies over it. */
export interface PictureJob {
  readonly type: 'picture'
  readonly source: PictureSource
  /** What a canvas is encoded as; a file stays what it is. */
  readonly mime: string
  readonly quality: number | undefined
  readonly caption: string | undefined
  readonly boxes: readonly ImageBox[]
  readonly masks: readonly MaskSource[]
}

export type PictureSource =
  | { readonly type: 'bitmap'; readonly bitmap: ImageBitmap }
  | { readonly type: 'pixels'; readonly pixels: RawPixels }
  | { readonly type: 'file'; readonly file: Blob }
  | TilesSource

/** Pictures of one size in one. Shape: `pixels` has them all one below the other. */
export interface TilesSource {
  readonly type: 'tiles'
  readonly pixels: RawPixels
  readonly count: number
  /** How many are beside each other. */
  readonly columns: number
}

/** Numbers that are to become pixels. Shape: row-major [height, width, channels]. */
export interface RawPixels {
  readonly values: TypedArray
  readonly width: number
  readonly height: number
  readonly channels: number
  /** What they are by their type: `bytes` are 8-bit pixels, whatever lies in them. */
  readonly entries: 'bytes' | 'integer' | 'float'
}

/** Shape: a class number for each pixel. */
export interface MaskSource {
  readonly name: string
  readonly classes: Readonly<Record<string, string>>
  readonly values: Uint8Array
  /** Rows and columns; null where nothing says them. */
  readonly size: readonly [rows: number, columns: number] | null
  /** How many pixels held what is no class. */
  readonly lost: number
  /** The least probability that is of class 1; null of classes. */
  readonly from: number | null
}

/** Samples of any range. Shape: a list of equally long channels. */
export interface Samples {
  readonly channels: readonly (Float32Array | Float64Array)[]
  /** The number that is as loud as can be where their type says it. */
  readonly full: number | null
}

/** Samples that are to become a WAV file. */
export interface SoundJob extends Samples {
  readonly type: 'sound'
  readonly sampleRate: number
  readonly caption: string | undefined
}

/** Frames of one size that are to become a film. */
export interface FilmJob {
  readonly frames: readonly FilmFrame[]
  /** Unit: frames per second. */
  readonly fps: number
  readonly caption: string | undefined
}

export type FilmFrame = Extract<PictureSource, { readonly type: 'bitmap' | 'pixels' }>

/** What an encoder thread hears; it says `ready` once, then answers each by its id. */
export interface Order<J> {
  readonly id: number
  readonly job: J
}
