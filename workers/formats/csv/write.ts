import { csvField, csvLine, type CsvCell } from '../../../src/model/csv.ts'
import { columnName } from '../../../src/model/column.ts'
import { RUN_COLUMNS, type Run } from '../../../src/model/run.ts'
import type { SeriesSummary } from '../../../src/model/series.ts'
import { METRIC_AGGREGATES } from '../../../src/model/aggregates.ts'
import type { Progress } from '../../jobs/progress.ts'
import type { Contents, RunRecord, SeriesSource } from '../contents.ts'
import type { Files } from '../file-entries.ts'
import { pointLines } from '../point-lines.ts'

/**
 * Contents as two tables: `runs.csv` with a row a run, and `metrics.csv` with a row a point in log order.
 *
 * Cost: a slice of points as text in memory.
 */
export function csvFiles(contents: Contents, progress: Progress): Files {
  return [
    { name: 'runs.csv', input: runLines(contents) },
    { name: 'metrics.csv', input: metricLines(contents, progress) },
  ]
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

async function* metricLines({ runs, series }: Contents, progress: Progress): AsyncGenerator<string> {
  const names = new Map(runs.map(({ run }) => [run.id, run.name]))
  yield csvLine(['run_id', 'run_name', 'metric', 'step', 'time', 'value'])
  yield* pointLines(
    series,
    {
      beginning: ({ runId, key }) => `${[runId, names.get(runId), key].map(csvField).join(',')},`,
      rest: (step, value, time) => csvLine([step, time, value]),
    },
    progress,
  )
}
