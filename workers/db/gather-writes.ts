import { PAGE_BYTES } from './page-size.ts'
import type { SyncHandle } from './sync-handle.ts'

/** Pages that follow one another are gathered up to here. Unit: bytes. */
const ROOM = 2 ** 20

/** What the engine keeps in front of the pages of a file of its pool. Unit: bytes. */
const POOL_HEADER_BYTES = 4_096

/**
 * Makes one write of many pages that follow one another in a database: the engine writes one at a time, and each call of
 * the browser costs as much as writing several of them.
 *
 * The order of all writes of the thread stays as it is, and what was written before a flush is in the file after it.
 * Pages whose write fails throw at the next use of their file, its flush at the latest: the transaction rolls back, as
 * if their own write had failed. Only for pages in their places, which no record of a journal is: what is changed in
 * memory is undone by what the journal took, so it must fail at once. The handles under it throw what they did not write
 * whole (`watchForRefusals`). Cost: a copy.
 */
export function gatherWrites(prototype: SyncHandle): void {
  const { getSize, read, write, truncate, flush, close } = prototype
  const memory = new Uint8Array(ROOM)
  const failures = new WeakMap<SyncHandle, unknown>()
  let target: SyncHandle | null = null
  let at = 0
  let length = 0

  function begin(handle: SyncHandle, start: number): void {
    target = handle
    at = start
    length = 0
  }

  function writeOut(): void {
    if (target === null) return
    const handle = target
    target = null
    try {
      write.call(handle, memory.subarray(0, length), { at })
    } catch (cause) {
      failures.set(handle, cause)
    }
  }

  /** All that was written before is in the files; throws when that failed for this one. */
  function settle(handle: SyncHandle): void {
    writeOut()
    if (!failures.has(handle)) return
    const failure = failures.get(handle)
    failures.delete(handle)
    throw failure
  }

  prototype.write = function (bytes, options) {
    const start = options?.at
    if (start === undefined || !(bytes instanceof Uint8Array) || !isPage(start, bytes.length)) {
      settle(this)
      return write.call(this, bytes, options)
    }
    if (target !== this || start !== at + length || length + bytes.length > ROOM) {
      settle(this)
      begin(this, start)
    }
    memory.set(bytes, length)
    length += bytes.length
    return bytes.length
  }
  prototype.read = function (into, options) {
    settle(this)
    return read.call(this, into, options)
  }
  // Never throws by itself, which the engine counts on; whoever uses the file next is told.
  prototype.getSize = function () {
    writeOut()
    return getSize.call(this)
  }
  prototype.truncate = function (size) {
    settle(this)
    truncate.call(this, size)
  }
  prototype.flush = function () {
    settle(this)
    flush.call(this)
  }
  prototype.close = function () {
    try {
      settle(this)
    } finally {
      close.call(this)
    }
  }
}

function isPage(at: number, length: number): boolean {
  return length === PAGE_BYTES && (at - POOL_HEADER_BYTES) % PAGE_BYTES === 0
}
