import { init } from '../../src/client/index.ts'
import { fitCallbacks } from '../../src/integrations/tfjs.ts'
import { batchLogs, nextTask } from './batches.ts'

/** Tracks `batches` batches of two metrics in the page that shows the dashboard, as `model.fit` would call back. */
export async function trackBatches(experiment: string, batches: number): Promise<string> {
  const run = init({ experiment, name: 'live' })
  const callbacks = fitCallbacks(run)
  for (let batch = 0; batch < batches; batch += 1) {
    await callbacks.onBatchEnd?.(batch, batchLogs(batch))
    await nextTask()
  }
  await run.finish()
  return run.id
}
