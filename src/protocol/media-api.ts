import type { ArrayDtype, ArrayShape } from '../model/array.ts'
import type { MediaKind, MediaNote } from '../model/media.ts'
import type { ExperimentId, RunId } from '../model/units.ts'
import type { CallsOf } from './call-kind.ts'
import type { DatabaseId } from './database-id.ts'
import type { Outcome } from './outcome.ts'

/** Arrays, and those of them that are made to be looked at. */
export interface MediaApi {
  /** Which arrays that show something were logged, of which runs. */
  readMedia(request: MediaRequest): Outcome<MediaColumns>
  readArrays(request: ArraysRequest): Outcome<ArrayColumns>
  readArray(request: ArrayRequest): Outcome<ArrayStart>
  /** Part of one array; ask on from where it ends. */
  readArrayBytes(request: ArrayBytesRequest): Outcome<Uint8Array>
  /** About how large what runs logged besides points is in a database of them alone. Unit: bytes. */
  measureLogged(request: MediaRequest): Outcome<number>
}

export const MEDIA_CALLS = {
  readMedia: 'again',
  readArrays: 'again',
  readArray: 'again',
  readArrayBytes: 'again',
  measureLogged: 'again',
} as const satisfies CallsOf<MediaApi>

export interface MediaRequest {
  readonly database: DatabaseId
  readonly experimentId: ExperimentId
  /** null for all runs of the experiment. */
  readonly runIds: readonly RunId[] | null
}

/** Shape: one entry in every column for each key of each run, ordered by key, then run start. `kind` is that of the latest. */
export interface MediaColumns {
  readonly runId: readonly RunId[]
  readonly key: readonly string[]
  readonly kind: readonly MediaKind[]
  readonly count: Float64Array
  readonly minStep: Float64Array
  readonly maxStep: Float64Array
  readonly bytes: Float64Array
}

/** The arrays under one key of a run, from the `from`-th on in log order. */
export interface ArraysRequest {
  readonly database: DatabaseId
  readonly runId: RunId
  readonly key: string
  readonly from: number
  /** At most MAX_ARRAYS_READ. */
  readonly limit: number
}

export const MAX_ARRAYS_READ = 10_000

/** Shape: one entry an array in every column, in log order. Unit: bytes of each; `total` is how many there are in all. */
export interface ArrayColumns {
  readonly total: number
  readonly id: Float64Array
  readonly step: Float64Array
  readonly time: Float64Array
  readonly bytes: Float64Array
}

export interface ArrayRequest {
  readonly database: DatabaseId
  /** Of ArrayColumns. */
  readonly id: number
}

/** What an array is. */
export interface ArrayStart {
  readonly dtype: ArrayDtype
  readonly shape: ArrayShape
  /** What it shows; null for a plain one. */
  readonly media: MediaNote | null
  /** Its first bytes, as many as `readArrayBytes` answers at once. */
  readonly start: Uint8Array
}

export interface ArrayBytesRequest {
  readonly database: DatabaseId
  /** Of ArrayColumns. */
  readonly id: number
  readonly offset: number
  /** At most MAX_ARRAY_READ_BYTES; the answer may be shorter and is empty at the end of the array. */
  readonly length: number
}

export const MAX_ARRAY_READ_BYTES = 2 ** 23
