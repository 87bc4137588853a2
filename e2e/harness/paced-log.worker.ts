import { init } from '../../src/client/index.ts'

/**
 * A training stand-in that logs ten metrics a hundred times a second and notes when each call was made, when the batch
 * it left in was posted, and when the tracker answered that the batch is durable. It reads that from the messages
 * themselves, so that measuring changes nothing.
 */
export interface PacedLog {
  readonly runId: string
  /** Unix ms at which call i was made. */
  readonly loggedAt: number[]
  /** Unix ms at which call i was acknowledged as durable. */
  readonly durableAt: number[]
}

const METRICS = Array.from({ length: 10 }, (_, i) => `metric_${i}`)
const now = (): number => performance.timeOrigin + performance.now()

const durableAt: number[] = []
const NativeWorker = globalThis.Worker

/** Watches the Comlink messages of the tracker worker: a posted `ingest` and the answer to it. */
globalThis.Worker = class extends NativeWorker {
  readonly #posted = new Map<string, number>()

  constructor(url: string | URL, options?: WorkerOptions) {
    super(url, options)
    this.addEventListener('message', (event: MessageEvent<{ id?: string }>) => {
      const calls = this.#posted.get(event.data.id ?? '')
      if (calls === undefined) return
      for (let i = 0; i < calls; i += 1) durableAt.push(now())
    })
  }

  override postMessage(message: unknown, transfer?: unknown): void {
    const text = message as { id?: string; path?: string[]; argumentList?: { value: unknown }[] }
    if (text.path?.[0] === 'ingest' && text.id !== undefined) {
      const batch = text.argumentList?.[0]?.value as {
        points: { sections: { key: string; count: number }[] }
      }
      const calls = batch.points.sections.find((section) => section.key === METRICS[0])?.count ?? 0
      this.#posted.set(text.id, calls)
    }
    super.postMessage(message, (transfer ?? []) as Transferable[])
  }
}

self.addEventListener(
  'message',
  async (event: MessageEvent<{ calls: number; everyMs: number; experiment: string }>) => {
    const { calls, everyMs, experiment } = event.data
    const run = init({ experiment, name: 'paced' })
    await run.flush()
    self.postMessage({ started: run.id })
    const loggedAt: number[] = []
    const start = now()
    for (let i = 0; i < calls; i += 1) {
      const wait = start + i * everyMs - now()
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
      const metrics: Record<string, number> = {}
      for (const [j, key] of METRICS.entries()) metrics[key] = Math.sin(i / 40 + j) + j
      loggedAt.push(now())
      run.log(metrics)
    }
    await run.flush()
    await run.finish()
    const result: PacedLog = { runId: run.id, loggedAt, durableAt }
    self.postMessage({ result })
  },
)
