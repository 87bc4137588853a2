import { makeFrame } from '../frame.ts'
import { makeLinePainter, type LineGroup, type ParallelPlaces } from './parallel-painter.ts'

/** What is painted, as it is when a picture is begun. */
export interface ParallelPictureSource {
  canvas(): HTMLCanvasElement | undefined
  /** As large as its place, in CSS pixels; emptied only where it was not. */
  fit(canvas: HTMLCanvasElement): void
  /** Unit: CSS pixels; null without a place. */
  size(): { readonly width: number; readonly height: number } | null
  places(): ParallelPlaces
  groups(): readonly LineGroup[]
}

/**
 * The lines, painted out of sight over as many frames as it takes, and shown when they are whole. One that is asked for
 * meanwhile is begun after that.
 */
export function makeParallelPicture(source: ParallelPictureSource): { request(): void; cancel(): void } {
  const hidden = document.createElement('canvas')
  let painter: { next(): boolean } | null = null
  let isStale = false

  const frame = makeFrame(() => {
    const canvas = source.canvas()
    const target = canvas?.getContext('2d')
    // In memory, where a pixel can be asked for without a detour over a graphics card.
    const context = hidden.getContext('2d', { willReadFrequently: true })
    const size = source.size()
    if (!canvas || !target || !context || size === null) return
    if (painter === null) {
      isStale = false
      source.fit(hidden)
      context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0)
      context.clearRect(0, 0, size.width, size.height)
      painter = makeLinePainter(context, source.places(), source.groups())
    }
    if (painter.next()) {
      painter = null
      source.fit(canvas)
      target.clearRect(0, 0, canvas.width, canvas.height)
      target.drawImage(hidden, 0, 0)
      if (!isStale) return
    }
    frame.request()
  })

  return {
    request() {
      isStale = true
      frame.request()
    },
    cancel: frame.cancel,
  }
}
