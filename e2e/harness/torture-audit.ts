import type { ExpectedRun } from '../torture/messages.ts'
import type { AuditReport } from '../torture/outcome.ts'

type Answer = { readonly report: AuditReport } | { readonly failure: string }

/** Audits the store in a worker, where its files can be read. Errors: rejects when they cannot be opened. */
export function auditTorture(expected: readonly ExpectedRun[]): Promise<AuditReport> {
  const worker = new Worker(new URL('./torture-audit.worker.ts', import.meta.url), { type: 'module' })
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', (event: MessageEvent<Answer>) => {
      worker.terminate()
      if ('report' in event.data) resolve(event.data.report)
      else reject(new Error(event.data.failure))
    })
    worker.addEventListener('error', (event) => reject(new Error(event.message)))
    worker.postMessage(expected)
  })
}
