import { letExit } from './event-loop.ts'

/** Smaller buffers are as soon made. */
const POOLED_MIN_BYTES = 2 ** 12

/** What a thread that logs much holds at its peak anyway; more is let go of at once. */
const KEPT_MAX_BYTES = 2 ** 28

/** Buffers nobody asked for in this time are let go of. */
const KEPT_MS = 5_000

const free = new Map<number, ArrayBuffer[]>()
let keptBytes = 0
let usedAt = 0
let timerArmed = false

/**
 * Bytes to be written over, at the start of a buffer up to an eighth larger; what they hold is not said.
 *
 * Memory that the browser has to ask the system for costs several times as much as copying into it, so buffers that have
 * made their way are used again. Cost: nothing when one waits.
 */
export function takeBuffer(length: number): Uint8Array<ArrayBuffer> {
  const size = sizeFor(length)
  const buffer = free.get(size)?.pop()
  if (buffer === undefined) return new Uint8Array(new ArrayBuffer(size), 0, length)
  keptBytes -= size
  usedAt = Date.now()
  return new Uint8Array(buffer, 0, length)
}

export function copyToBuffer(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = takeBuffer(bytes.length)
  copy.set(bytes)
  return copy
}

/** Nobody else may use the buffer from now on. */
export function giveBuffer(buffer: ArrayBufferLike): void {
  const { byteLength: size } = buffer
  if (size < POOLED_MIN_BYTES || size !== sizeFor(size) || keptBytes + size > KEPT_MAX_BYTES) return
  if (!(buffer instanceof ArrayBuffer)) return
  const alike = free.get(size)
  if (alike === undefined) free.set(size, [buffer])
  else alike.push(buffer)
  keptBytes += size
  usedAt = Date.now()
  letGoLater(KEPT_MS)
}

/** Few sizes, so that buffers meet again: eight to each doubling. */
function sizeFor(length: number): number {
  if (length < POOLED_MIN_BYTES) return length
  const grain = 2 ** (Math.floor(Math.log2(length)) - 3)
  return Math.ceil(length / grain) * grain
}

function letGoLater(delay: number): void {
  if (timerArmed) return
  timerArmed = true
  const timer = setTimeout(() => {
    timerArmed = false
    const left = usedAt + KEPT_MS - Date.now()
    if (left > 0) return letGoLater(left)
    free.clear()
    keptBytes = 0
  }, delay)
  letExit(timer)
}
