import { openOpfsFiles } from './opfs-files.ts'
import { loadEngine, type Engine } from './sqlite.ts'
import type { StoreFiles } from './store-files.ts'

/** A dying owner's handles were free 46–173 ms after its lock in 12 kills: looked for often, and soon. */
const RETRY_INTERVAL_MS = 20

/** Who holds them this long is stuck rather than dying; the browser itself gives a terminated worker two seconds. */
const BLOCKED_AFTER_MS = 4_000
const BLOCKED_RETRY_INTERVAL_MS = 250

export interface OpenOptions {
  /** Aborted when the owner lock was lost, and with it the right to open anything. */
  readonly lost: AbortSignal
  /** Called once when another thread does not let go of the files. */
  readonly onBlocked: () => void
}

const ALONE: OpenOptions = { lost: new AbortController().signal, onBlocked: () => undefined }

/**
 * Opens where this browser keeps databases, waiting for as long as it takes until an owner before has let go of them.
 *
 * Only the holder of the owner lock may call it. Falls back to memory with the reason as a sentence, never silently, and
 * never because another tab holds the files: that ends.
 *
 * Errors: throws the reason of `lost` when the lock was lost first.
 */
export async function openStoreFiles({ lost, onBlocked }: OpenOptions = ALONE): Promise<StoreFiles> {
  const engine = await loadEngine()
  const missing = missingOpfs()
  if (missing !== null) return inMemory(engine, missing)
  const blockedAt = performance.now() + BLOCKED_AFTER_MS
  let isBlocked = false
  for (;;) {
    lost.throwIfAborted()
    try {
      return await openOpfsFiles(engine)
    } catch (cause) {
      if (!isHeldElsewhere(cause)) return inMemory(engine, whyDenied(cause))
    }
    if (!isBlocked && performance.now() >= blockedAt) {
      isBlocked = true
      onBlocked()
    }
    const pause = isBlocked ? BLOCKED_RETRY_INTERVAL_MS : RETRY_INTERVAL_MS
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}

/** Most browsers have private files, and never need the code. */
async function inMemory(engine: Engine, reason: string): Promise<StoreFiles> {
  const { openMemoryFiles } = await import('./memory-files.ts')
  return openMemoryFiles(engine, reason)
}

function missingOpfs(): string | null {
  if (typeof navigator === 'undefined' || navigator.storage?.getDirectory === undefined) {
    return globalThis.isSecureContext === false
      ? 'This page was loaded over plain http from another machine, which browsers give no private file storage, so runs are kept in memory only; open it over https or as localhost.'
      : 'This browser gives this page no private file storage, so runs are kept in memory only; a private window, a site setting or an old version can be why.'
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
  const said = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
  if (!(cause instanceof DOMException)) {
    return `Kymo could not open its private file storage (${said}), so runs are kept in memory only.`
  }
  return `The browser refused its private file storage (${said}), so runs are kept in memory only; a private window or a site setting can be why.`
}
