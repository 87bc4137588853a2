/** What became of one case of the store suite. */
export interface CaseOutcome {
  readonly name: string
  /** Empty when it passed. */
  readonly failure: string
}

/** Runs the store suite in a worker over OPFS, where the store really lives. */
export function runStoreCases(): Promise<readonly CaseOutcome[]> {
  const worker = new Worker(new URL('./store-cases.worker.ts', import.meta.url), { type: 'module' })
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', (event: MessageEvent<readonly CaseOutcome[]>) => resolve(event.data))
    worker.addEventListener('error', (event) => reject(new Error(event.message)))
  })
}
