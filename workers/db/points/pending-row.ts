import { sectionColumns } from '../../../src/model/log-batch.ts'
import { bytesToDoubles, doublesToBytes } from './point-columns.ts'
import type { PointArrays } from './point-columns.ts'

/** Points of one series in a row of `pending`; `start` is the ordinal of the first, counted from the series' first. */
export interface PendingSection {
  readonly seriesId: number
  readonly start: number
  readonly points: PointArrays
}

/**
 * A row of `pending`, byte by byte, little-endian: `sections` is three doubles a section, the series id, the ordinal of
 * its first point and its count; `points` is, for each section in order, its steps, then its values, then its times,
 * doubles all.
 */
export interface PendingBlobs {
  readonly sections: Uint8Array
  readonly points: Uint8Array
}

const SECTION_DOUBLES = 3

/**
 * Encodes what a batch leaves pending. `batch` is the columns the sections were cut from, in that order and layout.
 *
 * Owner: may share memory with `batch`. Cost: one copy of the points, none when the whole batch is pending.
 */
export function encodePending(sections: readonly PendingSection[], batch: Float64Array): PendingBlobs {
  const directory = new Float64Array(sections.length * SECTION_DOUBLES)
  const total = sections.reduce((sum, section) => sum + section.points.values.length, 0)
  const isWhole = total * 3 === batch.length
  const columns = isWhole ? batch : new Float64Array(total * 3)
  let offset = 0
  for (const [index, { seriesId, start, points }] of sections.entries()) {
    const count = points.values.length
    directory.set([seriesId, start, count], index * SECTION_DOUBLES)
    if (isWhole) continue
    columns.set(points.steps, offset)
    columns.set(points.values, offset + count)
    columns.set(points.times, offset + 2 * count)
    offset += 3 * count
  }
  return { sections: doublesToBytes(directory), points: doublesToBytes(columns) }
}

/** Errors: throws when the directory and the points do not agree. */
export function* decodePending(blobs: PendingBlobs): Generator<PendingSection> {
  const directory = bytesToDoubles(blobs.sections)
  const columns = bytesToDoubles(blobs.points)
  let offset = 0
  for (let at = 0; at < directory.length; at += SECTION_DOUBLES) {
    const [seriesId = 0, start = 0, count = 0] = directory.subarray(at, at + SECTION_DOUBLES)
    if (offset + 3 * count > columns.length)
      throw new Error('A pending row holds fewer points than it lists.')
    yield { seriesId, start, points: sectionColumns(columns, offset, count) }
    offset += 3 * count
  }
}
