import { ARRAY_PART_BYTES, MAX_BATCH_ARRAY_BYTES, type ArraySection } from '../model/log-batch.ts'
import { createId, type RunId, type Step, type UnixMs } from '../model/units.ts'
import { bytesOf, takeBytes, type ParsedArray } from './array-value.ts'
import { copyToBuffer, giveBuffer, takeBuffer } from '../model/buffer-pool.ts'

/** A larger array travels in parts of this size; a worker holds one of them at a time. */
const PART_BYTES = 8 * ARRAY_PART_BYTES

/** Arrays of one kind are gathered in one buffer up to this size; beyond, copying them together gains nothing. */
const GATHERED_BYTES = 2 ** 22

/** Most arrays come alone or in great numbers. */
const GROWTH = 16

/** The arrays of a run that have not left yet, in log order. */
export interface ArrayLog {
  readonly isEmpty: boolean
  /** `transfer` takes the buffer instead of copying it. Answers how many bytes wait because of it. */
  add(key: string, array: ParsedArray, step: Step, time: UnixMs, transfer: boolean): number
  /** Moves the oldest arrays out, up to about `maxBytes`; nothing when that is not positive. `bytes` may be views of larger buffers. */
  take(runId: RunId, maxBytes: number): readonly ArraySection[]
  /** Moves what waits to other steps. */
  mapSteps(toStep: (step: Step) => Step): void
}

/** Arrays of one key and kind that follow each other. */
interface Gathered extends Omit<ArraySection, 'runId' | 'steps' | 'times' | 'bytes' | 'part'> {
  readonly steps: number[]
  readonly times: number[]
  bytes: Uint8Array
  used: number
  /** Of an array that leaves in parts: its id, and where the next part begins. */
  part: { readonly id: string; readonly offset: number } | null
}

export function createArrayLog(): ArrayLog {
  let waiting: Gathered[] = []
  /** The latest of each key, as long as more of its kind may join it. */
  const open = new Map<string, Gathered>()

  function gatheredFor(key: string, { dtype, shape, data, media }: ParsedArray): Gathered | null {
    const latest = open.get(key)
    if (latest === undefined || latest.dtype !== dtype) return null
    if (latest.used + data.byteLength > GATHERED_BYTES) return null
    if (latest.media?.kind !== media?.kind || latest.media?.meta !== media?.meta) return null
    return latest.shape.length === shape.length && latest.shape.every((length, i) => length === shape[i])
      ? latest
      : null
  }

  return {
    get isEmpty() {
      return waiting.length === 0
    },
    add(key, array, step, time, transfer) {
      const { data, dtype, shape, media } = array
      const { byteLength } = data
      const into = gatheredFor(key, array)
      if (into !== null) {
        append(into, bytesOf(data))
        into.steps.push(step)
        into.times.push(time)
        return byteLength
      }
      const bytes = transfer ? takeBytes(data) : copyToBuffer(bytesOf(data))
      const gathered = {
        key,
        dtype,
        shape,
        media,
        steps: [step],
        times: [time],
        bytes,
        used: byteLength,
        part: null,
      }
      waiting.push(gathered)
      open.set(key, gathered)
      return byteLength
    },
    take(runId, maxBytes) {
      const taken: ArraySection[] = []
      let room = maxBytes
      while (room > 0 && waiting.length > 0) {
        const [next] = waiting
        if (next === undefined) break
        if (taken.length > 0 && next.used > room) break
        if (open.get(next.key) === next) open.delete(next.key)
        const section = next.used > MAX_BATCH_ARRAY_BYTES ? takePart(next) : takeAll(next)
        taken.push({ runId, ...section })
        room -= section.bytes.length
        if (section.part === undefined || section.part.offset + section.bytes.length === next.used) {
          waiting = waiting.slice(1)
        } else break
      }
      return taken
    },
    mapSteps(toStep) {
      for (const { steps } of waiting) for (const [at, step] of steps.entries()) steps[at] = toStep(step)
    },
  }
}

function append(into: Gathered, bytes: Uint8Array): void {
  const needed = into.used + bytes.length
  if (needed > into.bytes.length) {
    // A whole number of arrays: a buffer that is full leaves as it is, without a copy.
    const most = Math.floor(GATHERED_BYTES / bytes.length) * bytes.length
    const grown = takeBuffer(Math.max(needed, Math.min(most, GROWTH * into.used)))
    grown.set(into.bytes.subarray(0, into.used))
    giveBuffer(into.bytes.buffer)
    into.bytes = grown
  }
  into.bytes.set(bytes, into.used)
  into.used = needed
}

type Taken = Omit<ArraySection, 'runId'>

function takeAll(gathered: Gathered): Taken {
  return toSection(gathered, 0, gathered.used)
}

function takePart(gathered: Gathered): Taken {
  const part = (gathered.part ??= { id: createId(), offset: 0 })
  const end = Math.min(gathered.used, part.offset + PART_BYTES)
  gathered.part = { id: part.id, offset: end }
  return { ...toSection(gathered, part.offset, end), part }
}

function toSection(gathered: Gathered, from: number, to: number): Taken {
  const { key, dtype, shape, media, steps, times, bytes } = gathered
  return {
    key,
    dtype,
    shape,
    media,
    steps: Float64Array.from(steps),
    times: Float64Array.from(times),
    bytes: bytes.subarray(from, to),
  }
}
