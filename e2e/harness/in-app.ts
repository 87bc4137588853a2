import { init } from '../../src/client/index.ts'
import { fitCallbacks } from '../../src/integrations/tfjs.ts'
import { nextTask } from '../../src/model/event-loop.ts'
import { batchLogs } from './batches.ts'

declare global {
  interface Window {
    inApp: { trackBatches: typeof trackBatches }
  }
}

/** Tracks `batches` batches of two metrics in the page that shows the dashboard, as `model.fit` would call back. */
async function trackBatches(
  experiment: string,
  batches: number,
  onStart: () => Promise<void>,
): Promise<string> {
  const run = init({ experiment, name: 'live' })
  await run.flush()
  await onStart()
  const callbacks = fitCallbacks(run)
  for (let batch = 0; batch < batches; batch += 1) {
    await callbacks.onBatchEnd?.(batch, batchLogs(batch))
    await nextTask()
  }
  await run.finish()
  return run.id
}

window.inApp = { trackBatches }
