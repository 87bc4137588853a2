import { show } from '@tensorflow/tfjs-vis'
import { nextTask } from '../../src/model/event-loop.ts'
import { batchLogs } from './batches.ts'

/** Shows `batches` batches of two metrics live with tfjs-vis, as `model.fit` would call back. */
export async function showWithTfjsVis(batches: number): Promise<number> {
  const container = document.body.appendChild(document.createElement('div'))
  container.style.width = '900px'
  const callbacks = show.fitCallbacks(container, ['loss', 'acc'], { callbacks: ['onBatchEnd'] }) as {
    onBatchEnd(batch: number, logs: Record<string, number>): Promise<void>
  }
  for (let batch = 0; batch < batches; batch += 1) {
    await callbacks.onBatchEnd(batch, batchLogs(batch))
    await nextTask()
  }
  return container.querySelectorAll('canvas, svg').length
}
