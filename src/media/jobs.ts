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
  /** The number that is full brightness; 0 is none. */
  readonly white: number
}

/** Shape: a class number for each pixel. */
export interface MaskSource {
  readonly name: string
  readonly classes: Readonly<Record<string, string>>
  readonly values: Uint8Array
}

/** Samples that are to become a WAV file. Shape: a list of equally long channels. */
export interface SoundJob {
  readonly type: 'sound'
  readonly channels: readonly Float32Array[]
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
