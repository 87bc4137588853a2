import { connectTracker } from '../../src/client/connect.ts'
import { init, type Metrics, type Run, type RunOptions } from '../../src/client/index.ts'

/** The library as a story drives it from outside the page: by names, because objects do not cross. */
export interface Story {
  init(options: RunOptions): string
  log(runId: string, metrics: Record<string, unknown>, options?: Record<string, unknown>): void
  flush(runId: string): Promise<string>
  finish(runId: string): Promise<string>
  refusedCount(runId: string): number
  /** Logs one point every `everyMs` until the page is gone, and tells the highest step that is durable. */
  train(runId: string, everyMs: number, onDurable: (step: number) => Promise<void>): Promise<void>
  storage(): Promise<unknown>
}

const runs = new Map<string, Run>()

function runOf(runId: string): Run {
  const run = runs.get(runId)
  if (run === undefined) throw new Error(`This story has no run ${runId}.`)
  return run
}

export const story: Story = {
  init(options) {
    const run = init(options)
    runs.set(run.id, run)
    return run.id
  },
  log: (runId, metrics, options) => runOf(runId).log(metrics as Metrics, options as never),
  flush: async (runId) => outcomeOf(await runOf(runId).flush()),
  finish: async (runId) => outcomeOf(await runOf(runId).finish()),
  refusedCount: (runId) => runOf(runId).refusedCount,
  async train(runId, everyMs, onDurable) {
    const run = runOf(runId)
    for (let step = 0; ; step += 1) {
      run.log({ loss: 1 / (step + 1), step }, { step })
      if (step % 20 === 0) void run.flush().then((outcome) => (outcome.ok ? onDurable(step) : undefined))
      await new Promise((resolve) => setTimeout(resolve, everyMs))
    }
  },
  storage: () => connectTracker().api.readStorage(),
}

function outcomeOf(outcome: Awaited<ReturnType<Run['flush']>>): string {
  return outcome.ok ? 'ok' : outcome.error.code
}
