import { expose } from 'comlink'
import { openServiceInMemory } from './owner.ts'

/** Serves the tracker inside the page, over memory: for pages that may not start workers. */
export async function serveInPage(port: MessagePort, reason: string): Promise<void> {
  const service = await openServiceInMemory(
    `This page cannot start the tracker worker (${reason}), so runs are kept in memory only.`,
  )
  expose(service, port)
}
