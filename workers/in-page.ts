import { expose } from 'comlink'
import { createId } from '../src/model/units.ts'
import { PAGES_MEETING } from '../src/protocol/version.ts'
import { openServiceInMemory } from './owner.ts'
import { joinOwner } from './relay/relay.ts'

/**
 * Serves the tracker inside the page, over memory: for pages that may not start workers. The first of them owns the
 * memory; a dashboard beside a training sees what it logs.
 */
export function serveInPage(port: MessagePort, reason: string): Promise<void> {
  const sentence = `This page cannot start the tracker worker (${reason}), so runs are kept in memory only.`
  expose(
    joinOwner(PAGES_MEETING, createId(), () => openServiceInMemory(sentence)),
    port,
  )
  return Promise.resolve()
}
