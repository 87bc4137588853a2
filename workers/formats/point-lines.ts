import type { SeriesSummary } from '../../src/model/series.ts'
import type { Progress } from '../jobs/progress.ts'
import { countPoints, readSlices, SLICE_POINTS, type SeriesSource } from './contents.ts'

/** How a format writes a point as a line. */
export interface PointFormat {
  /** What each line of a series begins with. */
  beginning(summary: SeriesSummary): string
  /** The rest of the line, with its end. */
  rest(step: number, value: number, time: number): string
}

/** Every point as a line, series by series, in log order. Cost: a slice of points as text in memory. */
export async function* pointLines(
  series: readonly SeriesSource[],
  { beginning, rest }: PointFormat,
  progress: Progress,
): AsyncGenerator<string> {
  const total = countPoints(series)
  let done = 0
  let lines: string[] = []
  for (const source of series) {
    const head = beginning(source.summary)
    for (const { steps, values, times } of readSlices(source)) {
      for (let at = 0; at < steps.length; at += 1) {
        lines.push(head + rest(steps[at] ?? 0, values[at] ?? Number.NaN, times[at] ?? 0))
      }
      done += steps.length
      // Short series share a slice: an answer between any two of thousands would take longer than they do.
      if (lines.length < SLICE_POINTS) continue
      yield lines.join('')
      lines = []
      await progress.report(done, total, 'points')
    }
  }
  if (lines.length > 0) yield lines.join('')
  await progress.report(done, total, 'points')
}
