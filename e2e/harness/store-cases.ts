/** What became of one case of the store suite. */
export interface CaseOutcome {
  readonly name: string
  /** Empty when it passed. */
  readonly failure: string
}

export interface StoreCasesReport {
  /** Where the files were: opfs, unless the browser refused them. */
  readonly kind: string
  readonly reason: string
  readonly outcomes: readonly CaseOutcome[]
}

/** Runs the store suite in a worker over OPFS, where the store really lives. */
export function runStoreCases(): Promise<StoreCasesReport> {
  const worker = new Worker(new URL('./store-cases.worker.ts', import.meta.url), { type: 'module' })
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', (event: MessageEvent<StoreCasesReport>) => resolve(event.data))
    worker.addEventListener('error', (event) => reject(new Error(event.message)))
  })
}
