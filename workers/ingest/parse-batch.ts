import type { LogBatch, PointColumns } from '../../src/model/log-batch.ts'
import { sectionColumns } from '../../src/model/log-batch.ts'
import { err, ok } from '../../src/model/result.ts'
import type { Result } from '../../src/model/result.ts'
import { trackerError } from '../../src/protocol/tracker-error.ts'
import type { TrackerError } from '../../src/protocol/tracker-error.ts'
import { whyNoArrays } from './parse-arrays.ts'
import { whyNoChange } from './parse-change.ts'
import { isRecord } from '../../src/model/raw-value.ts'
import { isCount, whyNoTimeline } from './parse-parts.ts'

/** Longer ids are nobody's; they would only swell the table of clients. */
const MAX_CLIENT_ID_LENGTH = 200

/**
 * Takes a batch as it came over the thread boundary and tells whether it is one.
 *
 * Errors: `batch-malformed`, with the part that is wrong. Cost: one pass over steps and times.
 */
export function parseBatch(batch: LogBatch): Result<LogBatch, TrackerError> {
  const wrong = whyNoBatch(batch)
  if (wrong === null) return ok(batch)
  return err(malformedBatch(wrong))
}

export function malformedBatch(wrong: string): TrackerError {
  return trackerError(
    'batch-malformed',
    `A batch of logged values was refused: ${wrong}. Nothing of it was written.`,
  )
}

function whyNoBatch(batch: unknown): string | null {
  if (!isRecord(batch)) return 'it is no object'
  const { clientId, sequence, firstUnacknowledged, changes, points, arrays, lock } = batch
  if (typeof clientId !== 'string' || clientId === '' || clientId.length > MAX_CLIENT_ID_LENGTH) {
    return 'it names no client'
  }
  if (!isCount(sequence) || sequence < 1) return 'its sequence is no positive whole number'
  if (!isCount(firstUnacknowledged)) return 'its first unacknowledged sequence is no whole number'
  if (lock !== undefined && (typeof lock !== 'string' || lock.length > MAX_CLIENT_ID_LENGTH)) {
    return 'its lock is no name'
  }
  if (!Array.isArray(changes)) return 'its changes are no list'
  for (const [index, change] of changes.entries()) {
    const wrong = whyNoChange(change)
    if (wrong !== null) return `change ${index + 1} of ${changes.length} ${wrong}`
  }
  return isRecord(points) ? (whyNoPoints(points) ?? whyNoArrays(arrays)) : 'it has no points'
}

function whyNoPoints(points: Record<string, unknown>): string | null {
  const { sections, columns } = points
  if (!Array.isArray(sections)) return 'its sections are no list'
  if (!(columns instanceof Float64Array)) return 'its columns are no doubles'
  let total = 0
  for (const section of sections) {
    if (!isRecord(section)) return 'a section is no object'
    if (typeof section['runId'] !== 'string') return 'a section names no run'
    if (typeof section['key'] !== 'string') return 'a section names no metric'
    const count = section['count']
    if (!isCount(count)) return 'a section has no count'
    total += count
  }
  if (total * 3 !== columns.length) {
    return `its sections list ${total} points and its columns hold ${columns.length / 3}`
  }
  return whyNoColumns({ sections, columns })
}

function whyNoColumns({ sections, columns }: PointColumns): string | null {
  let offset = 0
  for (const { key, count } of sections) {
    const { steps, times } = sectionColumns(columns, offset, count)
    offset += 3 * count
    const wrong = whyNoTimeline(key, steps, times)
    if (wrong !== null) return wrong
  }
  return null
}
