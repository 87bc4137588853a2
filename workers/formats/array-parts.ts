import { ARRAY_PART_BYTES, NO_POINTS } from '../../src/model/log-batch.ts'
import type { ArraySection } from '../../src/model/log-batch.ts'
import { createId } from '../../src/model/units.ts'
import { Unreadable } from '../jobs/errors.ts'
import type { ArraySource, Part } from './contents.ts'
import type { Progress } from '../jobs/progress.ts'

/** What one part holds of arrays, and what is held of one in memory: a few milliseconds of work. */
export const PART_BYTES = 8 * ARRAY_PART_BYTES

/** Arrays as parts, in order; one that is larger than a part comes in several. Errors: throws `Unreadable` for one that ends early. */
export async function* arraysToParts(
  sources: Iterable<ArraySource>,
  total: number,
  progress: Progress,
): AsyncGenerator<Part> {
  let gathered: ArraySection[] = []
  let bytes = 0
  let done = 0
  for (const source of sources) {
    if (source.length > PART_BYTES) {
      for (const section of cut(source)) {
        yield { changes: [], points: NO_POINTS, arrays: [section] }
        await progress.report((done += section.bytes.length), total, 'bytes')
      }
      continue
    }
    gathered.push(readSection(source, 0, source.length))
    bytes += source.length
    if (bytes < PART_BYTES && gathered.length < MAX_SECTIONS) continue
    yield { changes: [], points: NO_POINTS, arrays: gathered }
    await progress.report((done += bytes), total, 'bytes')
    gathered = []
    bytes = 0
  }
  if (gathered.length > 0) yield { changes: [], points: NO_POINTS, arrays: gathered }
}

/** Bounds a part of arrays that hold nothing. */
const MAX_SECTIONS = 10_000

function* cut(source: ArraySource): Generator<ArraySection> {
  const id = createId()
  for (let offset = 0; offset < source.length; offset += PART_BYTES) {
    const length = Math.min(PART_BYTES, source.length - offset)
    yield { ...readSection(source, offset, length), part: { id, offset } }
  }
}

/** So many bytes of an array, as a section. Errors: throws `Unreadable` when it ends before. */
export function readSection(source: ArraySource, offset: number, length: number): ArraySection {
  const { runId, key, dtype, shape, media, step, time } = source
  return {
    runId,
    key,
    dtype,
    shape,
    media,
    steps: Float64Array.of(step),
    times: Float64Array.of(time),
    bytes: readBytes(source, offset, length),
  }
}

/** Exactly `length` bytes. Owner: the caller. */
function readBytes(source: ArraySource, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length;) {
    const part = source.read(offset + at).subarray(0, length - at)
    if (part.length === 0) throw new Unreadable('file-corrupt', `the array ${source.key} ends early`)
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** Unit: bytes. */
export function countArrayBytes(sources: readonly ArraySource[]): number {
  return sources.reduce((sum, { length }) => sum + length, 0)
}
