import {
  BufferTarget,
  getFirstEncodableVideoCodec,
  Output,
  QUALITY_HIGH,
  VideoSample,
  VideoSampleSource,
  WebMOutputFormat,
} from 'mediabunny'
import type { PixelRange } from '../model/media-content/pixel-range.ts'
import { err, ok } from '../model/result.ts'
import type { Prepared } from '../client/media-value.ts'
import type { FilmFrame, FilmJob } from './jobs.ts'
import type { Words } from './later.ts'
import { rangeOf } from './pixel-range.ts'
import { toPixels, toRgba } from './pixels.ts'
import { showBytes } from './shown.ts'

/** Makes a WebM of frames, with the encoder of the browser. */
export async function encodeFilm({ frames, fps, caption }: FilmJob): Promise<Prepared> {
  const size = sizeOf(frames)
  if (!size.ok) return size
  const { width, height } = size.value
  const codec =
    typeof VideoEncoder === 'undefined'
      ? null
      : await getFirstEncodableVideoCodec(['vp9', 'vp8'], { width, height, quality: QUALITY_HIGH })
  if (codec === null) return err(`this browser has no encoder for films of ${width} × ${height}`)
  const target = new BufferTarget()
  const output = new Output({ format: new WebMOutputFormat(), target })
  const source = new VideoSampleSource({ codec, quality: QUALITY_HIGH })
  output.addVideoTrack(source, { frameRate: fps })
  await output.start()
  // One range for all of them: a film whose brightness follows each frame flickers.
  const range = rangeOf(frames.flatMap((frame) => (frame.type === 'pixels' ? [frame.pixels] : [])))
  for (const [index, frame] of frames.entries()) {
    using sample = toSample(frame, range, index / fps, 1 / fps)
    // It waits while the encoder is behind.
    await source.add(sample)
    if (frame.type === 'bitmap') frame.bitmap.close()
  }
  await output.finalize()
  if (target.buffer === null) return err('the film did not become a file')
  const meta = {
    mime: 'video/webm',
    width,
    height,
    seconds: frames.length / fps,
    ...(range === null ? {} : { range }),
    ...(caption === undefined ? {} : { caption }),
  }
  return showBytes('video', meta, new Uint8Array(target.buffer))
}

interface Size {
  readonly width: number
  readonly height: number
}

/** The size of all frames. Errors: one that differs. */
function sizeOf(frames: readonly FilmFrame[]): Words<Size> {
  const sizes = frames.map((frame): Size => (frame.type === 'bitmap' ? frame.bitmap : frame.pixels))
  const [{ width, height } = { width: 0, height: 0 }] = sizes
  const other = sizes.findIndex((size) => size.width !== width || size.height !== height)
  if (other < 0) return ok({ width, height })
  return err(
    `frame ${other} is ${sizes[other]?.width ?? 0} × ${sizes[other]?.height ?? 0}, the first ${width} × ${height}`,
  )
}

/** Unit: seconds. */
function toSample(
  frame: FilmFrame,
  range: PixelRange | null,
  timestamp: number,
  duration: number,
): VideoSample {
  if (frame.type === 'bitmap') return new VideoSample(frame.bitmap, { timestamp, duration })
  const pixels = toPixels(frame.pixels, range)
  return new VideoSample(toRgba(pixels), {
    format: 'RGBA',
    codedWidth: pixels.width,
    codedHeight: pixels.height,
    timestamp,
    duration,
  })
}
