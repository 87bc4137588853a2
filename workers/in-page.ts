import { expose } from 'comlink'
import { loadEngine } from './db/sqlite.ts'
import { joinStoreInMemory } from './owner.ts'

/**
 * Serves the tracker inside the page, over memory: for pages that may not start workers.
 *
 * Errors: rejects when the engine does not load.
 */
export async function serveInPage(port: MessagePort, reason: string): Promise<void> {
  await loadEngine()
  expose(
    joinStoreInMemory(`Kymo’s worker cannot be started here (${reason}), so runs are kept in memory only.`),
    port,
  )
}
