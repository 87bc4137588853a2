import { err } from '../model/result.ts'
import type { Prepared } from '../client/media-value.ts'
import type { Order } from './jobs.ts'

/** Does jobs somewhere else. Owner: what is in `transfer` is gone afterwards. */
export interface Encoder<J> {
  encode(job: J, transfer: readonly Transferable[]): Promise<Prepared>
}

/** What its worker says: first that it runs, then what became of each job. */
export type EncoderAnswer = 'ready' | { readonly id: number; readonly prepared: Prepared }

interface Waiting<J> {
  readonly job: J
  readonly transfer: readonly Transferable[]
  readonly settle: (prepared: Prepared) => void
}

export interface EncoderOptions<J> {
  readonly openWorker: () => Worker | Promise<Worker>
  /** The same work for the thread that asks, where no worker may be started. */
  readonly loadHere: () => Promise<(job: J) => Promise<Prepared>>
}

/**
 * A worker that is started with the first job. Jobs leave for it once it runs, so that none is lost where it may not
 * start: they are done here then. One that breaks is replaced with the next job.
 */
export function createEncoder<J>({ openWorker, loadHere }: EncoderOptions<J>): Encoder<J> {
  const waiting = new Map<number, Waiting<J>>()
  let worker: Worker | null = null
  let isStarting = false
  let isReady = false
  let isRefused = false
  let nextId = 0

  async function start(): Promise<void> {
    if (isStarting) return
    isStarting = true
    try {
      const opening = openWorker()
      worker = opening instanceof Promise ? await opening : opening
    } catch {
      return refuse()
    } finally {
      isStarting = false
    }
    worker.addEventListener('message', ({ data }: MessageEvent<EncoderAnswer>) => {
      if (data === 'ready') {
        isReady = true
        for (const [id, one] of waiting) send(id, one)
      } else settle(data.id, data.prepared)
    })
    worker.addEventListener('error', (event) => {
      event.preventDefault()
      if (isReady) stop()
      else refuse()
    })
  }

  function send(id: number, { job, transfer }: Waiting<J>): void {
    try {
      worker?.postMessage({ id, job } satisfies Order<J>, [...transfer])
    } catch (thrown) {
      settle(id, err(wordsOf(thrown)))
    }
  }

  function settle(id: number, prepared: Prepared): void {
    waiting.get(id)?.settle(prepared)
    waiting.delete(id)
  }

  function stop(): void {
    worker?.terminate()
    worker = null
    isReady = false
    for (const id of waiting.keys()) settle(id, err('the encoder stopped, out of memory most likely'))
  }

  function refuse(): void {
    worker = null
    isRefused = true
    for (const [id, one] of waiting) void encodeHere(id, one)
  }

  async function encodeHere(id: number, { job }: Waiting<J>): Promise<void> {
    try {
      const encode = await loadHere()
      settle(id, await encode(job))
    } catch (thrown) {
      settle(id, err(wordsOf(thrown)))
    }
  }

  return {
    encode(job, transfer) {
      return new Promise((resolve) => {
        const id = nextId
        nextId += 1
        const one = { job, transfer, settle: resolve }
        waiting.set(id, one)
        if (isRefused) void encodeHere(id, one)
        else if (isReady) send(id, one)
        else if (worker === null) void start()
      })
    },
  }
}

/** Of another site may neither leave the thread nor be encoded in it. */
function wordsOf(thrown: unknown): string {
  const name = thrown instanceof DOMException ? thrown.name : ''
  if (name === 'DataCloneError' || name === 'SecurityError') {
    return 'it may not be read: it shows something of another site'
  }
  return thrown instanceof Error ? thrown.message : String(thrown)
}
