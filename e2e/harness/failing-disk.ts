/** What a disk that fails at every call in turn did to the store. */
export interface FailingDiskReport {
  /** Calls of the workload when nothing fails. */
  readonly calls: number
  /** Batches that were refused, and taken when they were sent again. */
  readonly failed: number
  /** What was lost, or cannot be written any more; the first for each length of failure. */
  readonly losses: readonly string[]
}

/** Runs the store over OPFS in a worker whose file handles fail, at every `stride`-th call in turn. */
export function runOnFailingDisk(stride: number): Promise<FailingDiskReport> {
  const worker = new Worker(new URL('./failing-disk.worker.ts', import.meta.url), { type: 'module' })
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', (event: MessageEvent<FailingDiskReport>) => resolve(event.data))
    worker.addEventListener('error', (event) => reject(new Error(event.message)))
    worker.postMessage(stride)
  })
}
