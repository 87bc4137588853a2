import { init } from '../../src/client/index.ts'
import { image } from '../../src/media/index.ts'
import { nextTask } from '../../src/model/event-loop.ts'
import { readLast } from './media.ts'

const SIZE = 256

/** The marks a trace is cut by: between `log-picture` and `logged-picture` nothing happens but one call and what follows. */
const CALL_MARK = 'log-picture'
const DONE_MARK = 'logged-picture'

/**
 * Logs a canvas `calls` times, each once the one before is on disk, and marks when; then reads the last one back and
 * compares every pixel.
 */
export async function logPictures(calls: number): Promise<void> {
  const canvas = document.createElement('canvas')
  canvas.width = SIZE
  canvas.height = SIZE
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no 2d context')
  const run = init({ experiment: 'bench', name: 'pictures' })
  // Starts the workers.
  run.log({ picture: image(canvas) })
  await run.flush()
  for (let call = 0; call < calls; call += 1) {
    drawNoise(context, call)
    await nextTask()
    performance.mark(CALL_MARK)
    run.log({ picture: image(canvas) })
    await run.flush()
    performance.mark(DONE_MARK)
  }
  await run.finish()
  await verify(run.id, calls + 1, context.getImageData(0, 0, SIZE, SIZE).data)
}

/** Opaque noise in half of it, a ramp in the other: neither the best nor the worst that PNG can meet. */
function drawNoise(context: CanvasRenderingContext2D, seed: number): void {
  const picture = context.createImageData(SIZE, SIZE)
  const pixels = new Uint32Array(picture.data.buffer)
  let state = seed + 1
  for (let pixel = 0; pixel < SIZE * SIZE; pixel += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    const level = pixel < (SIZE * SIZE) / 2 ? state >>> 24 : pixel % SIZE
    // No garbage that would be collected while the next call is measured.
    pixels[pixel] = (255 << 24) | (((level + seed) & 255) << 16) | ((255 - level) << 8) | level
  }
  context.putImageData(picture, 0, 0)
}

async function verify(runId: string, count: number, expected: Uint8ClampedArray): Promise<void> {
  const last = await readLast(runId, 'picture')
  if (last?.total !== count) throw new Error(`expected ${count} pictures, found ${last?.total ?? 0}`)
  const bitmap = await createImageBitmap(new Blob([last.bytes], { type: 'image/png' }))
  const canvas = new OffscreenCanvas(SIZE, SIZE)
  const context = canvas.getContext('2d')
  context?.drawImage(bitmap, 0, 0)
  const read = context?.getImageData(0, 0, SIZE, SIZE).data
  if (read === undefined || !expected.every((level, at) => read[at] === level)) {
    throw new Error('the last picture does not read back as it was drawn')
  }
}
