import { init } from '../../src/client/index.ts'
import { image } from '../../src/media/index.ts'

/** Logs a picture from a worker, as a training does. */
async function logPicture(): Promise<void> {
  const canvas = new OffscreenCanvas(4, 4)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no 2d context')
  context.fillStyle = '#ff8000'
  context.fillRect(0, 0, 4, 4)
  const run = init({ experiment: 'media', name: 'of a worker' })
  run.log({ canvas: image(canvas), pixels: image(context.getImageData(0, 0, 4, 4)) })
  await run.finish()
  postMessage(run.id)
}

void logPicture()
