import { makeZip } from 'client-zip'
import { csvField, csvLine, type CsvCell } from '../../../src/model/csv.ts'
import { columnName } from '../../../src/model/column.ts'
import { RUN_COLUMNS, type Run } from '../../../src/model/run.ts'
import type { SeriesSummary } from '../../../src/model/series.ts'
import { METRIC_AGGREGATES } from '../../../src/model/aggregates.ts'
import { EXPORT_FORMATS } from '../../../src/protocol/export-formats.ts'
import { makeBlobParts } from '../../jobs/blob-parts.ts'
import type { Progress } from '../../jobs/progress.ts'
import {
  countPoints,
  readSlices,
  SLICE_POINTS,
  type Contents,
  type RunRecord,
  type SeriesSource,
} from '../contents.ts'

/**
 * Writes contents as a zip of two tables: `runs.csv` with a row a run, and `metrics.csv` with a row a point in log order.
 *
 * Cost: a slice of points as text and a few parts of the file in memory.
 */
export async function writeCsv(contents: Contents, progress: Progress): Promise<Blob> {
  const lastModified = new Date()
  const zip = makeZip([
    { name: 'runs.csv', lastModified, input: runLines(contents) },
    { name: 'metrics.csv', lastModified, input: pointLines(contents, progress) },
  ])
  const parts = makeBlobParts()
  const reader = zip.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return parts.close(EXPORT_FORMATS.csv.mime)
    parts.add(value.slice())
  }
}

/** Text as it is, anything else as JSON. */
function cellOf(value: unknown): CsvCell {
  if (value === null || value === undefined || typeof value === 'string') return value
  return typeof value === 'number' ? value : JSON.stringify(value)
}

const RUN_FIELDS = Object.keys(RUN_COLUMNS) as readonly (keyof Run)[]

/** What a run has under names of its own, by the prefix of their columns. */
const NAMED = {
  param: ({ params }: RunRecord) => params,
  /** What those began with that were set while the run ran. */
  param_first: ({ paramChanges }: RunRecord) =>
    Object.fromEntries(Object.entries(paramChanges).map(([key, { first }]) => [key, first])),
  tag: ({ tags }: RunRecord) => tags,
  summary: ({ summary }: RunRecord) => summary,
}

async function* runLines({ runs, series }: Contents): AsyncGenerator<string> {
  const named = Object.entries(NAMED).map(([prefix, read]) => ({
    prefix,
    read,
    keys: [...new Set(runs.flatMap((record) => Object.keys(read(record))))].toSorted(),
  }))
  const metrics = [...new Set(series.map(({ summary }) => summary.key))]
  const summaries = summariesByRun(series)
  yield csvLine([
    ...RUN_FIELDS.map(columnName),
    ...named.flatMap(({ prefix, keys }) => keys.map((key) => `${prefix}.${key}`)),
    ...metrics.flatMap((key) => METRIC_AGGREGATES.map((each) => `metric.${key}.${columnName(each)}`)),
  ])
  for (const record of runs) {
    const { run } = record
    const ofRun = summaries.get(run.id)
    yield csvLine([
      ...RUN_FIELDS.map((field) => cellOf(run[field])),
      ...named.flatMap(({ keys, read }) => {
        const values = read(record)
        return keys.map((key) => (Object.hasOwn(values, key) ? cellOf(values[key]) : null))
      }),
      ...metrics.flatMap((key) => METRIC_AGGREGATES.map((each) => ofRun?.get(key)?.[each])),
    ])
  }
}

function summariesByRun(series: readonly SeriesSource[]): ReadonlyMap<string, Map<string, SeriesSummary>> {
  const byRun = new Map<string, Map<string, SeriesSummary>>()
  for (const { summary } of series) {
    const ofRun = byRun.get(summary.runId) ?? new Map<string, SeriesSummary>()
    byRun.set(summary.runId, ofRun.set(summary.key, summary))
  }
  return byRun
}

async function* pointLines({ runs, series }: Contents, progress: Progress): AsyncGenerator<string> {
  const names = new Map(runs.map(({ run }) => [run.id, run.name]))
  const total = countPoints(series)
  let done = 0
  let lines: string[] = [csvLine(['run_id', 'run_name', 'metric', 'step', 'time', 'value'])]
  for (const source of series) {
    const { runId, key } = source.summary
    const head = [runId, names.get(runId), key].map(csvField).join(',')
    for (const { steps, values, times } of readSlices(source)) {
      for (let index = 0; index < steps.length; index += 1) {
        lines.push(`${head},${csvLine([steps[index], times[index], values[index]])}`)
      }
      done += steps.length
      // Short series share a slice: an answer between any two of thousands would take longer than they do.
      if (lines.length < SLICE_POINTS) continue
      yield lines.join('')
      lines = []
      await progress.report(done, total, 'points')
    }
  }
  yield lines.join('')
  await progress.report(done, total, 'points')
}
