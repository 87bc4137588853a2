import { openMemoryFiles } from './memory-files.ts'
import { openOpfsFiles } from './opfs-files.ts'
import { loadEngine } from './sqlite.ts'
import type { StoreFiles } from './store-files.ts'

/** A dying owner's handles were free 46–173 ms after its lock in 12 kills; ten seconds is for a slow disk. */
const OPEN_DEADLINE_MS = 10_000
const RETRY_INTERVAL_MS = 20

/**
 * Opens where this browser keeps databases, waiting for a dying owner to let go of them.
 *
 * Only the holder of the owner lock may call it. Falls back to memory with the reason as a sentence, never silently.
 */
export async function openStoreFiles(): Promise<StoreFiles> {
  const engine = await loadEngine()
  const missing = missingOpfs()
  if (missing !== null) return openMemoryFiles(engine, missing)
  const deadline = performance.now() + OPEN_DEADLINE_MS
  for (;;) {
    try {
      return await openOpfsFiles(engine)
    } catch (cause) {
      if (isHeldElsewhere(cause) && performance.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, RETRY_INTERVAL_MS))
        continue
      }
      return openMemoryFiles(engine, whyDenied(cause))
    }
  }
}

function missingOpfs(): string | null {
  if (typeof navigator === 'undefined' || navigator.storage?.getDirectory === undefined) {
    return 'This browser or page gives no private file storage (it needs https or localhost), so runs are kept in memory only.'
  }
  const hasHandles = 'createSyncAccessHandle' in (globalThis.FileSystemFileHandle?.prototype ?? {})
  if (hasHandles) return null
  return 'This browser cannot write private files from a worker, so runs are kept in memory only; a newer version can.'
}

function isHeldElsewhere(cause: unknown): boolean {
  const name = cause instanceof Error ? cause.name : ''
  return name === 'NoModificationAllowedError' || name === 'InvalidStateError'
}

function whyDenied(cause: unknown): string {
  if (isHeldElsewhere(cause)) {
    return 'Another tab still holds the database files, so runs are kept in memory only; close the other tabs and reload.'
  }
  const said = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
  return `The browser refused its private file storage (${said}), so runs are kept in memory only; a private window or a site setting can be why.`
}
