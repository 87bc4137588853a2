import { TABLES } from '../../../src/protocol/public-schema.ts'
import type { Progress } from '../../jobs/progress.ts'
import { readSlices, SLICE_POINTS, type SeriesSource } from '../contents.ts'
import { columnsOf, type ParquetCells, type ParquetColumn } from './table.ts'

/** About 140 MB a file, its row groups a slice of points each: databases read many files, and row groups, at once. */
const PART_POINTS = 10_000_000

/** Those of `metrics` in the public schema. */
export function metricColumns(hasWholeSteps: boolean): readonly ParquetColumn[] {
  return columnsOf(TABLES.metrics).map(({ name, type, isNullable }) =>
    name === 'step' && hasWholeSteps
      ? { name, type: 'INT64', isNullable, encoding: 'DELTA_BINARY_PACKED' }
      : { name, type, isNullable, encoding: type === 'BYTE_ARRAY' ? 'RLE_DICTIONARY' : 'PLAIN' },
  )
}

/**
 * Series that are in a file together, none in two, in their order, so that the statistics of a row group tell which runs are in it.
 *
 * Shape: one file at least.
 */
export function planParts(series: readonly SeriesSource[]): readonly (readonly SeriesSource[])[] {
  let part: SeriesSource[] = []
  let points = 0
  const parts = [part]
  for (const source of series) {
    if (points > 0 && points + source.summary.count > PART_POINTS) {
      part = []
      points = 0
      parts.push(part)
    }
    part.push(source)
    points += source.summary.count
  }
  return parts
}

/** Columns of a row group under way; series with few points share one. */
function openGroup() {
  return {
    runs: [] as string[],
    keys: [] as string[],
    steps: new Float64Array(SLICE_POINTS),
    values: new Float64Array(SLICE_POINTS),
    times: new Float64Array(SLICE_POINTS),
  }
}

/** Points in log order as row groups of SLICE_POINTS, the last with what is left. `tally`: how far the export is, in points. */
export async function* groupPoints(
  series: readonly SeriesSource[],
  hasWholeSteps: boolean,
  tally: { done: number; readonly total: number },
  progress: Progress,
): AsyncGenerator<readonly ParquetCells[]> {
  let group = openGroup()
  const close = (): readonly ParquetCells[] => {
    const { runs, keys, steps, values, times } = group
    const { length } = runs
    const x = steps.subarray(0, length)
    group = openGroup()
    tally.done += length
    return [
      runs,
      keys,
      hasWholeSteps ? BigInt64Array.from(x, BigInt) : x,
      values.subarray(0, length),
      times.subarray(0, length),
    ]
  }
  for (const source of series) {
    const { runId, key } = source.summary
    for (const { steps, values, times } of readSlices(source)) {
      for (let from = 0; from < steps.length;) {
        const { length } = group.runs
        const to = Math.min(steps.length, from + SLICE_POINTS - length)
        group.steps.set(steps.subarray(from, to), length)
        group.values.set(values.subarray(from, to), length)
        group.times.set(times.subarray(from, to), length)
        for (; from < to; from += 1) {
          group.runs.push(runId)
          group.keys.push(key)
        }
        if (group.runs.length < SLICE_POINTS) continue
        yield close()
        await progress.report(tally.done, tally.total, 'points')
      }
    }
  }
  yield close()
  await progress.report(tally.done, tally.total, 'points')
}
