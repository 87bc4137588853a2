import {
  MAX_BATCH_ARRAY_BYTES,
  NO_POINTS,
  type ArraySection,
  type Change,
  type LogBatch,
  type PointColumns,
  type PointSection,
  type RunStart,
  runIdsOf,
} from '../model/log-batch.ts'
import { takeBuffer } from '../model/buffer-pool.ts'
import { BYTES_PER_POINT } from '../model/column-memory.ts'
import type { RunId } from '../model/units.ts'
import type { ArrayLog } from './array-log.ts'
import { takePoints, type SeriesBuffer } from './series-buffer.ts'

/** A batch holds at most this many points (3 MB), so that no commit keeps others waiting for long. */
export const MAX_BATCH_POINTS = 131_072

/** What a batch carries. */
export type Payload = Pick<LogBatch, 'changes' | 'points' | 'arrays'>

/** What logs: the buffers and changes of one run. */
export interface PointSource {
  readonly runId: RunId
  /** Grows as new metrics appear. */
  readonly series: readonly SeriesBuffer[]
  readonly arrays: ArrayLog
  /** Changes that came together since the last call. */
  takeChanges(): readonly Change[]
  /** The run as it would be declared today, for a store that has never heard of it. */
  declaration(): RunStart
}

/** Moves up to `MAX_BATCH_POINTS` buffered points into one array. Cost: one copy of 24 bytes a point. */
export function takeColumns(sources: Iterable<PointSource>): PointColumns {
  const buffers: SeriesBuffer[] = []
  const sections: PointSection[] = []
  let room = MAX_BATCH_POINTS
  for (const { runId, series } of sources) {
    for (const buffer of series) {
      const count = Math.min(buffer.end - buffer.start, room)
      if (count === 0) continue
      room -= count
      buffers.push(buffer)
      sections.push({ runId, key: buffer.key, count })
    }
  }
  if (sections.length === 0) return NO_POINTS
  const { buffer: memory } = takeBuffer(BYTES_PER_POINT * (MAX_BATCH_POINTS - room))
  const columns = new Float64Array(memory, 0, 3 * (MAX_BATCH_POINTS - room))
  let offset = 0
  for (const [index, buffer] of buffers.entries()) {
    const count = sections[index]?.count ?? 0
    takePoints(buffer, count, columns, offset)
    offset += 3 * count
  }
  return { sections, columns }
}

/** Moves the oldest arrays of each source out, as many as a batch holds. Cost: no copy. */
export function takeArrays(sources: Iterable<PointSource>): readonly ArraySection[] {
  const sections: ArraySection[] = []
  let room = MAX_BATCH_ARRAY_BYTES
  for (const { runId, arrays } of sources) {
    for (const section of arrays.take(runId, room)) {
      sections.push(section)
      room -= section.bytes.length
    }
  }
  return sections
}

/** Whether anything waits to be cut. */
export function isAnyBuffered(sources: Iterable<PointSource>): boolean {
  for (const { series, arrays } of sources) {
    if (!arrays.isEmpty || series.some(({ start, end }) => end > start)) return true
  }
  return false
}

/** The runs that a batch is about. */
export function mentionedRuns({ changes, points, arrays = [] }: Payload): Set<RunId> {
  const runIds = new Set<RunId>([...points.sections, ...arrays].map((section) => section.runId))
  for (const change of changes) for (const runId of runIdsOf(change)) runIds.add(runId)
  return runIds
}
