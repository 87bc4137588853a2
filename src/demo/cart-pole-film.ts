import { OBSERVATION_WIDTH } from './policy-gradient.ts'
import type { Episode } from './policy-gradient.ts'

/** Unit: pixels. */
const WIDTH = 320
const HEIGHT = 160
const METRES_SHOWN = 4.8
const POLE_METRES = 1

/** A frame is shown for two moments of the simulation: 25 a second. */
const MOMENTS_A_FRAME = 2
export const FILM_FPS = 25

/** Frames of an episode as a film shows them; null where nothing can be drawn. */
export function drawEpisode({ observations, pushes }: Episode): readonly OffscreenCanvas[] | null {
  if (typeof OffscreenCanvas === 'undefined') return null
  const frames: OffscreenCanvas[] = []
  for (let moment = 0; moment < pushes.length; moment += MOMENTS_A_FRAME) {
    const [x = 0, , angle = 0] = observations.slice(
      moment * OBSERVATION_WIDTH,
      (moment + 1) * OBSERVATION_WIDTH,
    )
    const frame = drawMoment(x, angle)
    if (frame === null) return null
    frames.push(frame)
  }
  return frames
}

function drawMoment(x: number, angle: number): OffscreenCanvas | null {
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT)
  const pen = canvas.getContext('2d')
  if (pen === null) return null
  const scale = WIDTH / METRES_SHOWN
  const ground = HEIGHT * 0.8
  const at = WIDTH / 2 + x * scale
  pen.fillStyle = '#faf7f0'
  pen.fillRect(0, 0, WIDTH, HEIGHT)
  pen.fillStyle = '#cfc6b4'
  pen.fillRect(0, ground + 9, WIDTH, 1)
  pen.fillStyle = '#1e1a14'
  pen.fillRect(at - 20, ground - 9, 40, 18)
  pen.strokeStyle = '#d4500f'
  pen.lineWidth = 5
  pen.lineCap = 'round'
  pen.beginPath()
  pen.moveTo(at, ground - 9)
  pen.lineTo(at + Math.sin(angle) * POLE_METRES * scale, ground - 9 - Math.cos(angle) * POLE_METRES * scale)
  pen.stroke()
  return canvas
}
