import type { RowOf, RowSpec } from '../../../src/model/column.ts'
import { TABLES } from '../../../src/protocol/public-schema.ts'
import type { Progress } from '../../jobs/progress.ts'
import { areStepsWhole, countPoints, groupSeries, type Contents } from '../contents.ts'
import type { FileEntry } from '../file-entries.ts'
import { groupPoints, metricColumns, planParts } from './metrics.ts'
import { partitionFolder } from './partition.ts'
import { columnsOf, groupRows, writeTable } from './table.ts'

/**
 * Contents as Parquet files: tables of the public schema, and `metrics/` in folders by experiment.
 *
 * Cost: a row group of points in memory; a pass over steps before.
 */
export async function* parquetFiles(contents: Contents, progress: Progress): AsyncGenerator<FileEntry> {
  const { experiments, runs, series } = contents
  const tally = { done: 0, total: countPoints(series) }
  const answer = (): Promise<void> => progress.report(tally.done, tally.total, 'points')
  for (const [name, write] of Object.entries(SMALL_TABLES)) {
    yield { name: `${name}.parquet`, input: write(contents, answer) }
  }
  // One type in all files: readers take them for one table.
  const hasWholeSteps = await areStepsWhole(series, progress)
  const columns = metricColumns(hasWholeSteps)
  const experimentOf = new Map(runs.map(({ run }) => [run.id, run.experimentId]))
  const byExperiment = groupSeries(series, (runId) => experimentOf.get(runId))
  const parts = new Map<string, number>()
  for (const { id, name } of experiments) {
    const folder = partitionFolder('experiment', name)
    for (const part of planParts(byExperiment.get(id) ?? [])) {
      // Experiments of one name share a folder, and where letters have no case those of similar names.
      const number = parts.get(folder.toLowerCase()) ?? 0
      parts.set(folder.toLowerCase(), number + 1)
      yield {
        name: `metrics/${folder}/part-${number}.parquet`,
        input: writeTable(columns, groupPoints(part, hasWholeSteps, tally, progress)),
      }
    }
  }
}

/** `answer`: lets other work run. */
type Table = (contents: Contents, answer: () => Promise<void>) => FileEntry['input']

function tableOf<S extends RowSpec>(spec: S, rows: (contents: Contents) => Iterable<RowOf<S>>): Table {
  return async function* (contents, answer) {
    for await (const bytes of writeTable(columnsOf(spec), groupRows(spec, rows(contents)))) {
      yield bytes
      await answer()
    }
  }
}

const { id: _local, ...SERIES } = TABLES.series

/** Those that are one file each, as they are in an exported database. */
const SMALL_TABLES = {
  experiments: tableOf(TABLES.experiments, ({ experiments }) => experiments),
  runs: tableOf(TABLES.runs, function* ({ runs }) {
    for (const { run, summary } of runs) yield { ...run, summary }
  }),
  params: tableOf(TABLES.params, function* ({ runs }) {
    for (const { run, params, paramChanges } of runs) {
      for (const [key, value] of Object.entries(params)) {
        const change = Object.hasOwn(paramChanges, key) ? paramChanges[key] : undefined
        yield {
          runId: run.id,
          key,
          value: JSON.stringify(value),
          firstValue: change === undefined ? null : JSON.stringify(change.first),
          changedAtStep: change?.step ?? null,
        }
      }
    }
  }),
  tags: tableOf(TABLES.tags, function* ({ runs }) {
    for (const { run, tags } of runs)
      for (const [key, value] of Object.entries(tags)) yield { runId: run.id, key, value }
  }),
  events: tableOf(TABLES.events, function* ({ runs }) {
    for (const { run, events } of runs) for (const event of events) yield { runId: run.id, ...event }
  }),
  series: tableOf(SERIES, function* ({ series }) {
    for (const { summary } of series) yield summary
  }),
} as const satisfies Readonly<Record<string, Table>>
