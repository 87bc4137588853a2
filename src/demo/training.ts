import type { Run } from '../client/run.ts'
import type { RunOptions } from '../client/run-options.ts'

/** What a training works with. */
export interface TrainingContext {
  init(options: RunOptions): Run
  /** Aborted when the user stops the training. */
  readonly signal: AbortSignal
  /** Reads a file of `public/`. Errors: throws with a sentence for the user. */
  readFile(path: string): Promise<Uint8Array<ArrayBuffer>>
}

/** Between attempts to store the last points of a run while there is no room for them. */
const STORE_AGAIN_MS = 2_000

/** Runs `train` as one tracked run: finished when it returns, failed when it throws, durable when this resolves. */
export async function trackRun(
  { init, signal }: TrainingContext,
  options: RunOptions,
  train: (run: Run) => Promise<void>,
): Promise<void> {
  const run = init(options)
  try {
    await train(run)
    if (signal.aborted) run.setTag('stopped_by', 'user')
    await finish(run, 'finished')
  } catch (thrown) {
    run.setTag('error', thrown instanceof Error ? thrown.message : String(thrown))
    await finish(run, 'failed')
    throw thrown
  }
}

/** A worker that ended before its points were durable would take them along, so it waits until there is room. */
async function finish(run: Run, status: 'finished' | 'failed'): Promise<void> {
  let stored = await run.finish(status)
  while (!stored.ok) {
    await new Promise((resolve) => setTimeout(resolve, STORE_AGAIN_MS))
    stored = await run.flush()
  }
}
