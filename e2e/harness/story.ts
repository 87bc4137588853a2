import { connectTracker } from '../../src/client/connect.ts'
import {
  init,
  readRuns,
  type ConsoleCaptureOptions,
  type EndStatus,
  type Metrics,
  type ReadRunsOptions,
  type Run,
  type RunOptions,
} from '../../src/client/index.ts'
import type { StorageReport } from '../../src/protocol/store-api.ts'
import type { SeriesSummary } from '../../src/model/series.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { nextTask } from '../../src/model/event-loop.ts'
import { waveAt } from './wave.ts'

/** A loop that logs this many points has kept the page busy for some milliseconds. */
const BREATH_POINTS = 50_000

/** The library as a story drives it from outside the page: by names, because objects do not cross. */
export interface Story {
  init(options: RunOptions): string
  log(runId: string, metrics: Record<string, unknown>, options?: Record<string, unknown>): void
  mark(runId: string, text: string): void
  /** Answers whether the run shall stop. */
  barrier(runId: string): Promise<boolean>
  captureConsole(runId: string, options?: ConsoleCaptureOptions): void
  fail(runId: string, message: string): Promise<string>
  flush(runId: string): Promise<string>
  finish(runId: string, status?: EndStatus): Promise<string>
  /** Logs points of one metric. Shape: [step, value, time]. */
  logPoints(runId: string, key: string, points: readonly (readonly number[])[]): void
  /** Logs `count` points of a wave from step `from` on, letting the page breathe meanwhile. */
  logWave(runId: string, key: string, from: number, count: number): Promise<void>
  refusedCount(runId: string): number
  /** Logs one point every `everyMs` until the page is gone, and tells the highest step that is durable. */
  train(runId: string, everyMs: number, onDurable: (step: number) => Promise<void>): Promise<void>
  /** Logs a value and flushes for that long, one after the other: when each was acknowledged, by `performance.now()`. */
  acknowledgements(runId: string, ms: number): Promise<readonly number[]>
  storage(): Promise<StorageReport>
  readRuns(options: ReadRunsOptions): ReturnType<typeof readRuns>
  /** What is stored of one metric of a run, of any page's; undefined while nothing is. */
  stored(runId: string, key: string): Promise<SeriesSummary | undefined>
  /** Logs the step as `step` every turn of the event loop, until the page is gone or `stop` was called. */
  trainFlatOut(runId: string): void
  /** Ends `trainFlatOut`; resolves with the number of points logged when all of them are durable. */
  stop(runId: string): Promise<number>
  /** How many points of `trainFlatOut` are durable for sure. */
  durable(runId: string): number
  /** Bytes of every file this origin keeps in OPFS, the smallest first. */
  storedBytes(): Promise<readonly number[]>
}

/** A training at full speed: how many points it logged, and how many of them were acknowledged. */
interface FlatOut {
  logged: number
  durable: number
  stopped: boolean
}

const runs = new Map<string, Run>()
const flatOut = new Map<string, FlatOut>()

async function logFlatOut(run: Run, progress: FlatOut): Promise<void> {
  while (!progress.stopped) {
    for (let i = 0; i < 100; i += 1) run.log({ step: progress.logged }, { step: progress.logged++ })
    if (progress.logged % 2_000 === 0) {
      const { logged } = progress
      void run.flush().then((outcome) => {
        if (outcome.ok) progress.durable = Math.max(progress.durable, logged)
      })
    }
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

function runOf(runId: string): Run {
  const run = runs.get(runId)
  if (run === undefined) throw new Error(`This story has no run ${runId}.`)
  return run
}

export const story: Story = {
  readRuns,
  init(options) {
    const run = init(options)
    runs.set(run.id, run)
    return run.id
  },
  log: (runId, metrics, options) => runOf(runId).log(metrics as Metrics, options as never),
  mark: (runId, text) => runOf(runId).mark(text),
  barrier: async (runId) => (await runOf(runId).checkpointBarrier()).stop,
  captureConsole: (runId, options) => void runOf(runId).captureConsole(options),
  fail: async (runId, message) => outcomeOf(await runOf(runId).fail(new Error(message))),
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
  async stored(runId, key) {
    const answer = await connectTracker().api.readRun({ database: OWN_DATABASE, runId })
    return answer.ok ? answer.value.series.find((series) => series.key === key) : undefined
  },
  trainFlatOut(runId) {
    const progress: FlatOut = { logged: 0, durable: 0, stopped: false }
    flatOut.set(runId, progress)
    void logFlatOut(runOf(runId), progress)
  },
  async stop(runId) {
    const progress = flatOut.get(runId)
    if (progress === undefined) throw new Error(`${runId} does not train flat out.`)
    progress.stopped = true
    while (!(await runOf(runId).flush()).ok) await new Promise((resolve) => setTimeout(resolve, 100))
    return progress.logged
  },
  async acknowledgements(runId, ms) {
    const times: number[] = []
    const end = performance.now() + ms
    while (performance.now() < end) {
      // With something to store, else there is nothing to acknowledge.
      runOf(runId).log({ beat: 1 })
      if ((await runOf(runId).flush()).ok) times.push(performance.now())
    }
    return times
  },
  durable: (runId) => flatOut.get(runId)?.durable ?? 0,
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
