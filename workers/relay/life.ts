import type { WorkerLives } from '../../src/protocol/version.ts'

/** Tells whoever started this worker which lock says that it lives; it must be held by then. */
export function announceLife(workerId: string): void {
  self.postMessage({ type: 'lives', workerId } satisfies WorkerLives)
}
