import type { RunDetail } from '../../src/protocol/runs-api.ts'
import { runJson } from '../formats/jsonl/run-json.ts'
import { findRuns, readFound, type Wanted } from './find-runs.ts'
import {
  durationText,
  note,
  printJson,
  printTable,
  statusCell,
  type Cell,
  timeText,
  valueText,
} from './print.ts'
import { withSources } from './sources.ts'

export interface RunsOptions extends Omit<Wanted, 'filter'> {
  readonly project?: string
  readonly json?: boolean
}

/** More of either make rows that nobody reads. */
const MAX_METRICS = 4
const MAX_PARAMS = 4

/** `kymo runs [FILTER]` */
export function listRuns(
  filter: string | undefined,
  { project, json, ...wanted }: RunsOptions,
): Promise<void> {
  return withSources(project, async (sources) => {
    const found = await findRuns(sources, { ...wanted, filter })
    const details: RunDetail[] = []
    for (const run of found) details.push(await readFound(run))
    if (json === true) return printJson(details.map(runJson))
    if (details.length === 0) return note('No run matches.')
    const metrics = metricsToShow(details, wanted.sort)
    const params = paramsToShow(details)
    printTable(
      ['run', 'id', 'experiment', 'status', 'started', 'took', ...metrics, ...params],
      details.map((detail) => rowOf(detail, metrics, params)),
    )
  })
}

function rowOf(
  { run, experimentName, series, params }: RunDetail,
  metricKeys: readonly string[],
  paramKeys: readonly string[],
): readonly Cell[] {
  const told: readonly Cell[] = [
    run.name,
    run.id.slice(0, 8),
    experimentName,
    statusCell(run.status),
    timeText(run.startedAt),
    durationText((run.endedAt ?? Date.now()) - run.startedAt),
  ]
  return told.concat(
    metricKeys.map((key) => valueText(series.find((each) => each.key === key)?.last)),
    paramKeys.map((key) => valueText(params[key])),
  )
}

/** The one it is sorted by first, then those most runs have. */
function metricsToShow(details: readonly RunDetail[], sort: string | undefined): readonly string[] {
  const counts = countsOf(details.map(({ series }) => series.map(({ key }) => key)))
  const sorted = sort?.replace(/^[-+]/, '')
  const others = [...counts.keys()].filter((key) => key !== sorted)
  return [...(sorted !== undefined && counts.has(sorted) ? [sorted] : []), ...others].slice(0, MAX_METRICS)
}

/** Those that are not the same in all runs. */
function paramsToShow(details: readonly RunDetail[]): readonly string[] {
  const keys = [...countsOf(details.map(({ params }) => Object.keys(params))).keys()]
  return keys
    .filter((key) => new Set(details.map(({ params }) => JSON.stringify(params[key]))).size > 1)
    .slice(0, MAX_PARAMS)
}

/** How often each is there, the most frequent first. */
function countsOf(lists: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const key of lists.flat()) counts.set(key, (counts.get(key) ?? 0) + 1)
  return new Map([...counts].toSorted(([, a], [, b]) => b - a))
}
