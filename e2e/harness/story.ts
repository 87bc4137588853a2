import { connectTracker } from '../../src/client/connect.ts'
import { init, type EndStatus, type Metrics, type Run, type RunOptions } from '../../src/client/index.ts'
import type { StorageReport } from '../../src/protocol/tracker-api.ts'
import { nextTask } from '../../src/model/next-task.ts'
import { waveAt } from './wave.ts'

/** A loop that logs this many points has kept the page busy for some milliseconds. */
const BREATH_POINTS = 50_000

/** The library as a story drives it from outside the page: by names, because objects do not cross. */
export interface Story {
  init(options: RunOptions): string
  log(runId: string, metrics: Record<string, unknown>, options?: Record<string, unknown>): void
  flush(runId: string): Promise<string>
  finish(runId: string, status?: EndStatus): Promise<string>
  /** Logs points of one metric. Shape: [step, value, time]. */
  logPoints(runId: string, key: string, points: readonly (readonly number[])[]): void
  /** Logs `count` points of a wave from step `from` on, letting the page breathe meanwhile. */
  logWave(runId: string, key: string, from: number, count: number): Promise<void>
  refusedCount(runId: string): number
  /** Logs one point every `everyMs` until the page is gone, and tells the highest step that is durable. */
  train(runId: string, everyMs: number, onDurable: (step: number) => Promise<void>): Promise<void>
  storage(): Promise<StorageReport>
  /** Bytes of every file this origin keeps in OPFS, the smallest first. */
  storedBytes(): Promise<readonly number[]>
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
  finish: async (runId, status) => outcomeOf(await runOf(runId).finish(status)),
  logPoints(runId, key, points) {
    const run = runOf(runId)
    for (const [step, value = Number.NaN, time] of points) run.log({ [key]: value }, { step, time })
  },
  async logWave(runId, key, from, count) {
    const run = runOf(runId)
    for (let step = from; step < from + count; step += 1) {
      run.log({ [key]: waveAt(step) }, { step })
      if (step % BREATH_POINTS === 0) await nextTask()
    }
  },
  refusedCount: (runId) => runOf(runId).refusedCount,
  async train(runId, everyMs, onDurable) {
    const run = runOf(runId)
    for (let step = 0; ; step += 1) {
      run.log({ loss: 1 / (step + 1), step }, { step })
      if (step % 20 === 0) void run.flush().then((outcome) => (outcome.ok ? onDurable(step) : undefined))
      await new Promise((resolve) => setTimeout(resolve, everyMs))
    }
  },
  async storage() {
    const report = await connectTracker().api.readStorage()
    if (!report.ok) throw new Error(report.error.message)
    return report.value
  },
  storedBytes: async () =>
    (await fileSizes(await navigator.storage.getDirectory())).toSorted((a, b) => a - b),
}

async function fileSizes(directory: FileSystemDirectoryHandle): Promise<number[]> {
  const sizes: number[] = []
  for await (const entry of directory.values()) {
    if (entry instanceof FileSystemDirectoryHandle) sizes.push(...(await fileSizes(entry)))
    else if (entry instanceof FileSystemFileHandle) sizes.push((await entry.getFile()).size)
  }
  return sizes
}

function outcomeOf(outcome: Awaited<ReturnType<Run['flush']>>): string {
  return outcome.ok ? 'ok' : outcome.error.code
}
