import { err, ok } from '../model/result.ts'
import type { Result } from '../model/result.ts'
import type { Params, RunStatus, Tags } from '../model/run.ts'
import type { SeriesSummary } from '../model/series.ts'
import type { RunId, UnixMs } from '../model/units.ts'
import { OWN_DATABASE } from '../protocol/database-id.ts'
import type { RunDetail } from '../protocol/runs-api.ts'
import type { TrackerApi } from '../protocol/tracker-api.ts'
import { trackerError, type TrackerError } from '../protocol/tracker-error.ts'
import { connectTracker } from './connect.ts'
import { scopeUplink } from './uplink.ts'

/** A run as it is stored. */
export interface StoredRun {
  readonly id: RunId
  readonly name: string
  readonly experiment: string
  readonly status: RunStatus
  readonly startedAt: UnixMs
  /** null while running. */
  readonly endedAt: UnixMs | null
  readonly group: string | null
  readonly notes: string
  readonly params: Params
  readonly tags: Tags
  readonly summary: Params
  /** By key: count, first, last, min, max and mean of the points, and more. NaN where there is no finite one. */
  readonly metrics: Readonly<Record<string, SeriesSummary>>
}

export interface ReadRunsOptions {
  /** By name; those of all experiments when left out. */
  readonly experiment?: string
  /** In the language of the filter bar: `val/acc > 0.9 and lr < 0.01`. All that are not archived when left out. */
  readonly filter?: string
  /** At most this many, newest start first; 1,000 when left out. */
  readonly limit?: number
}

const DEFAULT_LIMIT = 1_000
/** Calls under way at once: enough that the worker never waits for the next. */
const CALLS_AT_ONCE = 16

/**
 * Reads runs that are stored here, what this page logged until now among them.
 *
 * Errors: `filter-wrong` with its place, and whatever keeps the database from being read. Cost: a millisecond or so a run.
 */
export async function readRuns(
  options: ReadRunsOptions = {},
): Promise<Result<readonly StoredRun[], TrackerError>> {
  await scopeUplink().flush()
  return readRunsOf(connectTracker().api, options)
}

/** The same of any tracker. */
export async function readRunsOf(
  api: TrackerApi,
  { experiment, filter = '', limit = DEFAULT_LIMIT }: ReadRunsOptions,
): Promise<Result<readonly StoredRun[], TrackerError>> {
  const experiments = await api.readExperiments(OWN_DATABASE)
  if (!experiments.ok) return experiments
  const named = experiments.value.filter(({ name }) => name === experiment)
  if (experiment !== undefined && named.length === 0)
    return err(trackerError('unknown-run', `There is no experiment called ${experiment} here.`))
  const found = await api.queryRuns({
    database: OWN_DATABASE,
    experimentIds: experiment === undefined ? null : named.map(({ id }) => id),
    filter,
    sort: [],
    offset: 0,
    limit,
    columns: [],
  })
  if (!found.ok) return found
  const runs: StoredRun[] = []
  const { runIds } = found.value
  for (let from = 0; from < runIds.length; from += CALLS_AT_ONCE) {
    const part = runIds.slice(from, from + CALLS_AT_ONCE)
    const details = await Promise.all(part.map((runId) => api.readRun({ database: OWN_DATABASE, runId })))
    for (const detail of details) {
      if (detail.ok) runs.push(toStoredRun(detail.value))
      // One that was removed meanwhile is no failure.
      else if (detail.error.code !== 'unknown-run') return detail
    }
  }
  return ok(runs)
}

function toStoredRun({ run, experimentName, params, tags, summary, series }: RunDetail): StoredRun {
  const { id, name, status, startedAt, endedAt, groupName, notes } = run
  return {
    id,
    name,
    experiment: experimentName,
    status,
    startedAt,
    endedAt,
    group: groupName,
    notes,
    params,
    tags,
    summary,
    metrics: Object.fromEntries(series.map((each) => [each.key, each])),
  }
}
