import { openStoreFiles } from '../../workers/db/open-files.ts'
import { runStoreCase, STORE_CASES } from '../../workers/store-suite/cases.ts'
import type { StoreCasesReport } from './store-cases.ts'

/** Runs every case over the files that this browser really keeps, one after the other in one thread. */
async function runAll(): Promise<StoreCasesReport> {
  const files = await openStoreFiles()
  const { kind, reason } = files
  files.release()
  const outcomes = []
  for (const storeCase of STORE_CASES) {
    let failure = ''
    try {
      await runStoreCase(storeCase, async () => {
        const opened = await openStoreFiles()
        if (opened.kind !== kind) throw new Error(opened.reason)
        return opened
      })
    } catch (thrown) {
      failure = thrown instanceof Error ? thrown.message || thrown.name : String(thrown)
    }
    outcomes.push({ name: storeCase.name, failure })
  }
  return { kind, reason, outcomes }
}

void runAll().then((report) => self.postMessage(report))
