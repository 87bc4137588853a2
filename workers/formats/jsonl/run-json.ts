import type { Params, RunStatus, Tags } from '../../../src/model/run.ts'
import type { SeriesSummary } from '../../../src/model/series.ts'
import type { RunDetail } from '../../../src/protocol/runs-api.ts'

/** What `--json` says of a metric. NaN and infinities are written as texts. */
export interface MetricJson {
  readonly count: number
  readonly first: number
  readonly last: number
  readonly min: number
  readonly max: number
  readonly mean: number
  readonly firstStep: number
  readonly lastStep: number
}

/** What `--json` says of a run. Its shape is kept; what is new is added. Unit: times UnixMs. */
export interface RunJson {
  readonly id: string
  readonly name: string
  readonly experiment: string
  readonly status: RunStatus
  readonly startedAt: number
  readonly endedAt: number | null
  readonly params: Params
  readonly tags: Tags
  readonly summary: Params
  readonly notes: string
  readonly group: string | null
  readonly parent: string | null
  readonly metrics: Readonly<Record<string, MetricJson>>
}

type Told = Pick<RunDetail, 'run' | 'experimentName' | 'params' | 'tags' | 'summary' | 'series'>

export function runJson({ run, experimentName, params, tags, summary, series }: Told): RunJson {
  return {
    id: run.id,
    name: run.name,
    experiment: experimentName,
    status: run.status,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    params,
    tags,
    summary,
    notes: run.notes,
    group: run.groupName,
    parent: run.parentRunId,
    metrics: Object.fromEntries(series.map((each) => [each.key, metricJson(each)])),
  }
}

export function metricJson(summary: SeriesSummary): MetricJson {
  const { count, first, last, min, max, mean, firstStep, lastStep } = summary
  return { count, first, last, min, max, mean, firstStep, lastStep }
}
