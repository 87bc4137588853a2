import type { SyncHandle } from './sync-handle.ts'

/** Set by a write that the browser refused for want of room, until it is asked for. */
let isRefused = false

/**
 * Listens to the file handles of this thread: the engine keeps to itself why a write failed, and Chromium's
 * `storage.estimate` always tells of 10 GB of room, however full the quota is.
 *
 * What a handle says that it moved is counted here, once for all who use it: at its quota Chromium may answer a write with
 * a negative number as an unsigned one, 4294967288, which is more than was asked for and means that nothing was written.
 * Such a write throws a `QuotaExceededError`, as one that took a part does, and such a read an `InvalidStateError`.
 *
 * Cost: a `try` for each write and each change of size.
 */
export function watchForRefusals(prototype: SyncHandle): void {
  const { read, write, truncate } = prototype
  prototype.write = function (bytes, options) {
    return noting(() => {
      const written = write.call(this, bytes, options)
      if (written === bytes.byteLength) return written
      throw new DOMException(`The file took ${written} of ${bytes.byteLength} bytes.`, 'QuotaExceededError')
    })
  }
  prototype.read = function (into, options) {
    const count = read.call(this, into, options)
    if (count >= 0 && count <= into.byteLength) return count
    throw new DOMException(`The file gave ${count} of ${into.byteLength} bytes.`, 'InvalidStateError')
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
