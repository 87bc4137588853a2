import type { ArrayShape } from '../model/array.ts'
import { MAX_ARRAY_BYTES } from '../model/array.ts'
import { MAX_META_LENGTH, type MediaKind } from '../model/media.ts'
import type { MediaMeta } from '../model/media-content/kinds.ts'
import { err, ok } from '../model/result.ts'
import { preparedOf, toMediaValue, type MediaValue, type Prepared } from '../client/media-value.ts'
import { describeThrown } from '../client/refusals.ts'
import type { Later, Words } from './later.ts'

/** As much as is kept of why something cannot be shown. Unit: UTF-16 code units. */
const MAX_WORDS = 80

/** Makes a value of whatever `prepare` answers. Never throws and never rejects: what goes wrong is told in words. */
export function mediaValue(prepare: () => Later<Prepared>): MediaValue {
  return toMediaValue(attempt(() => prepare()))
}

/** The same of a value that somebody else makes, out of what nobody has looked at yet. */
export function mediaFrom(make: () => MediaValue): MediaValue {
  return mediaValue(() => preparedOf(make()) ?? err('nothing to show'))
}

/** Does something that may fail in ways nobody foresaw, on values nobody has seen before. */
export function attempt<T>(work: () => Later<Words<T>>): Later<Words<T>> {
  try {
    const made = work()
    return made instanceof Promise
      ? made.then(shorten, (thrown) => err(describeThrown(thrown)))
      : shorten(made)
  } catch (thrown) {
    return err(describeThrown(thrown))
  }
}

function shorten<T>(made: Words<T>): Words<T> {
  if (made.ok || made.error.length <= MAX_WORDS) return made
  return err(`${made.error.slice(0, MAX_WORDS - 1)}…`)
}

/** Bytes as they are shown. Owner: the bytes are the value's from now on. */
export function showBytes<K extends MediaKind>(kind: K, meta: MediaMeta[K], bytes: Uint8Array): Prepared {
  return show(kind, meta, bytes, 'uint8', [bytes.length])
}

/** Numbers as they are shown. Owner: they are the value's from now on. */
export function showNumbers<K extends MediaKind>(
  kind: K,
  meta: MediaMeta[K],
  numbers: Float64Array | Float32Array,
  shape: ArrayShape = [numbers.length],
): Prepared {
  return show(kind, meta, numbers, numbers instanceof Float32Array ? 'float32' : 'float64', shape)
}

function show<K extends MediaKind>(
  kind: K,
  meta: MediaMeta[K],
  data: Uint8Array | Float32Array | Float64Array,
  dtype: 'uint8' | 'float32' | 'float64',
  shape: ArrayShape,
): Prepared {
  if (data.byteLength > MAX_ARRAY_BYTES) return err(`${megabytes(data.byteLength)} are more than 1 GB`)
  const text = JSON.stringify(meta)
  if (text.length > MAX_META_LENGTH) return err(`names and labels of ${megabytes(text.length)} are too long`)
  return ok({ data, dtype, shape, media: { kind, meta: text } })
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`
}
