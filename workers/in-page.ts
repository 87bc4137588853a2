import { expose } from 'comlink'
import { joinStoreInMemory } from './owner.ts'

/** Serves the tracker inside the page, over memory: for pages that may not start workers. */
export function serveInPage(port: MessagePort, reason: string): Promise<void> {
  expose(
    joinStoreInMemory(
      `This page cannot start the tracker worker (${reason}), so runs are kept in memory only.`,
    ),
    port,
  )
  return Promise.resolve()
}
