import { err } from '../model/result.ts'
import type { Prepared } from '../client/media-value.ts'
import type { EncoderAnswer } from './encoder.ts'
import type { Order } from './jobs.ts'

/** The thread of a worker, as far as this needs it. */
interface WorkerThread<J> {
  postMessage(answer: EncoderAnswer, transfer: Transferable[]): void
  addEventListener(type: 'message', listen: (event: MessageEvent<Order<J>>) => void): void
}

/** Answers jobs one after the other: together they would only share the time and need all the memory. */
export function serveJobs<J>(thread: WorkerThread<J>, encode: (job: J) => Promise<Prepared>): void {
  let last = Promise.resolve()
  thread.addEventListener('message', ({ data: { id, job } }) => {
    last = last.then(async () => {
      const prepared = await encode(job).catch((thrown: unknown) =>
        err(thrown instanceof Error ? thrown.message : String(thrown)),
      )
      thread.postMessage({ id, prepared }, prepared.ok ? [prepared.value.data.buffer as ArrayBuffer] : [])
    })
  })
  thread.postMessage('ready', [])
}
