import { arrayBytes, isArrayDtype, isArrayShape, MAX_ARRAY_BYTES } from '../../src/model/array.ts'
import { ARRAY_PART_BYTES } from '../../src/model/log-batch.ts'
import { isMediaKind, MAX_META_LENGTH } from '../../src/model/media.ts'
import { isRecord } from '../../src/model/raw-value.ts'
import { isCount, whyNoTimeline } from './parse-parts.ts'

/** Longer ids are nobody's. */
const MAX_PART_ID_LENGTH = 200

/** Why these are no arrays of a batch; null when they are, or when there are none. */
export function whyNoArrays(arrays: unknown): string | null {
  if (arrays === undefined) return null
  if (!Array.isArray(arrays)) return 'its arrays are no list'
  for (const section of arrays) {
    const wrong = isRecord(section) ? whyNoSection(section) : 'a section of arrays is no object'
    if (wrong !== null) return wrong
  }
  return null
}

function whyNoSection(section: Record<string, unknown>): string | null {
  const { runId, key, dtype, shape, steps, times, bytes, part, media } = section
  if (typeof runId !== 'string') return 'a section of arrays names no run'
  if (typeof key !== 'string') return 'a section of arrays names no key'
  if (!isArrayDtype(dtype)) return `the entries of ${key} are of no known type`
  if (!isArrayShape(shape)) return `the shape of ${key} is none`
  if (media !== undefined && !isMediaNote(media)) return `what ${key} shows is not told`
  const length = arrayBytes(dtype, shape)
  if (!(length <= MAX_ARRAY_BYTES)) return `${key} is larger than an array may be`
  if (!(steps instanceof Float64Array) || !(times instanceof Float64Array) || steps.length !== times.length) {
    return `the steps and times of ${key} are no columns of one length`
  }
  if (!(bytes instanceof Uint8Array)) return `${key} has no bytes`
  const wrong = whyNoTimeline(key, steps, times)
  if (wrong !== null) return wrong
  if (part !== undefined) return whyNoPart(key, part, { arrays: steps.length, bytes: bytes.length, length })
  if (bytes.length !== length * steps.length) {
    return `${key} holds ${bytes.length} bytes where ${length * steps.length} belong`
  }
  return null
}

function isMediaNote(media: unknown): boolean {
  if (!isRecord(media)) return false
  const { kind, meta } = media
  return isMediaKind(kind) && typeof meta === 'string' && meta.length <= MAX_META_LENGTH
}

function whyNoPart(
  key: string,
  part: unknown,
  { arrays, bytes, length }: { readonly arrays: number; readonly bytes: number; readonly length: number },
): string | null {
  const { id, offset } = isRecord(part) ? part : {}
  const isNamed = typeof id === 'string' && id !== '' && id.length <= MAX_PART_ID_LENGTH
  if (!isNamed || !isCount(offset) || offset % ARRAY_PART_BYTES !== 0 || arrays !== 1) {
    return `a part of ${key} is none`
  }
  const end = offset + bytes
  const isLast = end === length
  if (bytes === 0 || end > length || (!isLast && bytes % ARRAY_PART_BYTES !== 0)) {
    return `a part of ${key} ends at ${end} of ${length} bytes`
  }
  return null
}
