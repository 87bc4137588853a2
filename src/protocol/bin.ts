import type { RunId } from '../model/units.ts'

/** Shape: one entry a removed run in every column. */
export interface BinColumns {
  readonly id: readonly RunId[]
  readonly name: readonly string[]
  readonly experimentName: readonly string[]
  readonly removedAt: Float64Array
  /** About how much room it takes. */
  readonly bytes: Float64Array
}

export interface EmptyBinRequest {
  readonly jobId: string
  /** Those that are not removed are left alone. */
  readonly runIds: readonly RunId[]
}

export interface EmptyBinReceipt {
  readonly erased: number
  /** By how much the database became smaller. */
  readonly freedBytes: number
}
