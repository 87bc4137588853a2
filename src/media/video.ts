import { err, ok } from '../model/result.ts'
import type { VideoMeta } from '../model/media-content/sound-content.ts'
import type { MediaValue, Prepared } from '../client/media-value.ts'
import { describeValue } from '../client/refusals.ts'
import { filmEncoder } from './encoders.ts'
import { fileTypeOf, TYPE_BYTES } from './file-type.ts'
import { toText } from './labels.ts'
import { all, andThen, type Later, type Words } from './later.ts'
import type { FilmFrame, PictureSource } from './jobs.ts'
import { isBlob, snapshot, transferOf, type PictureLike } from './picture-source.ts'
import { mediaValue, showBytes } from './shown.ts'

export type FrameLike = Exclude<PictureLike, Blob>

export interface VideoOptions {
  /** Of frames: how many a second; 10 when left out. */
  readonly fps?: number
  readonly caption?: string
}

const DEFAULT_FPS = 10
const MAX_FPS = 1_000

/** A film: a file, whose bytes are kept, or frames of one size, which become a WebM in a worker. */
export function video(source: Blob | readonly FrameLike[], options: VideoOptions = {}): MediaValue {
  return mediaValue(() => {
    const caption = toText(options.caption)
    if (isBlob(source)) return filmFile(source, caption)
    if (!Array.isArray(source)) return err(`no film but ${describeValue(source)}`)
    if (source.length === 0) return err('a film without frames')
    const fps = Number(options.fps ?? DEFAULT_FPS)
    if (!(fps > 0 && fps <= MAX_FPS)) return err(`fps: ${describeValue(options.fps)} is not 1 … 1,000`)
    const taken = all<FilmFrame[]>(source.map((frame) => andThen(snapshot(frame), toFrame)))
    return andThen(taken, (frames) =>
      filmEncoder.encode({ frames, fps, caption }, frames.flatMap(transferOf)),
    )
  })
}

function toFrame(source: PictureSource): Later<Words<FilmFrame>> {
  return source.type === 'bitmap' || source.type === 'pixels'
    ? ok(source)
    : err('a frame is a file: pass canvases, bitmaps or pixels')
}

async function filmFile(file: Blob, caption: string | undefined): Promise<Prepared> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const type = fileTypeOf(bytes.subarray(0, TYPE_BYTES), 'video/')
  if (type === null) return err('no film: WebM, MP4 or Ogg')
  if (type.family !== 'video') return err(`no film but ${type.mime}`)
  const meta: VideoMeta = { mime: type.mime, ...(caption === undefined ? {} : { caption }) }
  return showBytes('video', meta, bytes)
}
