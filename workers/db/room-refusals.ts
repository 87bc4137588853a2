import type { SyncHandle } from './sync-handle.ts'

/** Set by a write that the browser refused for want of room, until it is asked for. */
let isRefused = false

/**
 * Listens to the file handles of this thread: the engine keeps to itself why a write failed, and Chromium's
 * `storage.estimate` always tells of 10 GB of room, however full the quota is.
 *
 * Cost: a `try` for each write and each change of size.
 */
export function watchForRefusals(prototype: SyncHandle): void {
  const { write, truncate } = prototype
  prototype.write = function (bytes, options) {
    return noting(() => write.call(this, bytes, options))
  }
  prototype.truncate = function (size) {
    noting(() => truncate.call(this, size))
  }
}

function noting<T>(use: () => T): T {
  try {
    return use()
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'QuotaExceededError') isRefused = true
    throw thrown
  }
}

/** Whether a write was refused for want of room since this was last asked. */
export function takeRefusal(): boolean {
  const was = isRefused
  isRefused = false
  return was
}
