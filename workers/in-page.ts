import { expose } from 'comlink'
import { openServiceInMemory } from './owner.ts'

/** The tracker inside the page, over memory: for pages that may not start workers. */
export async function openInPage(reason: string): Promise<MessagePort> {
  const { port1, port2 } = new MessageChannel()
  expose(await openServiceInMemory(reason), port1)
  return port2
}
