import { giveColumnMemory, takeColumnMemory } from '../model/column-memory.ts'

/** Small at first, as most series of a batch hold a few dozen points. */
const FIRST_CAPACITY = 64

/** Memory that is not written to costs nothing yet, but every copy does: large steps keep copies few. */
const GROWTH = 4

/** A buffer that grew beyond this in a burst is given back once it is empty. Unit: points. */
const KEPT_CAPACITY = 16_384

/**
 * The points of one series that have not been cut into a batch yet, column by column.
 *
 * Shape: entries `start` (inclusive) to `end` (exclusive) of the three columns are in use, in log order. The columns
 * are written in place by the hot path of `run.log`, and used again after every batch.
 */
export interface SeriesBuffer {
  readonly key: string
  steps: Float64Array
  values: Float64Array
  times: Float64Array
  start: number
  end: number
}

export function createSeriesBuffer(key: string): SeriesBuffer {
  return { key, start: 0, end: 0, ...takeColumnMemory(FIRST_CAPACITY) }
}

/** Makes room for at least one more point. Cost: amortised constant per point. */
export function growSeriesBuffer(buffer: SeriesBuffer): void {
  const { start, end } = buffer
  const grown = takeColumnMemory(Math.max(FIRST_CAPACITY, GROWTH * (end - start)))
  grown.steps.set(buffer.steps.subarray(start, end))
  grown.values.set(buffer.values.subarray(start, end))
  grown.times.set(buffer.times.subarray(start, end))
  giveColumnMemory(buffer)
  Object.assign(buffer, grown)
  buffer.start = 0
  buffer.end = end - start
}

/** Moves the oldest `count` points to `columns` at `offset`: steps, then values, then times. Owner: the caller. */
export function takePoints(buffer: SeriesBuffer, count: number, columns: Float64Array, offset: number): void {
  const until = buffer.start + count
  columns.set(buffer.steps.subarray(buffer.start, until), offset)
  columns.set(buffer.values.subarray(buffer.start, until), offset + count)
  columns.set(buffer.times.subarray(buffer.start, until), offset + 2 * count)
  buffer.start = until
  if (until < buffer.end) return
  buffer.start = 0
  buffer.end = 0
  if (buffer.steps.length > KEPT_CAPACITY) releaseSeriesBuffer(buffer)
}

/** Gives up the memory of an empty buffer, which may grow again. */
export function releaseSeriesBuffer(buffer: SeriesBuffer): void {
  giveColumnMemory(buffer)
  Object.assign(buffer, takeColumnMemory(0))
}
