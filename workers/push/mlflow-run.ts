import { isJsonObject, type JsonValue } from '../../src/model/json.ts'
import type { RunStatus } from '../../src/model/run.ts'
import type { RunDetail } from '../../src/protocol/runs-api.ts'
import { makeNames } from './mlflow-names.ts'

export interface KeyValue {
  readonly key: string
  readonly value: string
}

/** What MLflow is told of a run besides its points, and what of it is not as it was. */
export interface MlflowRun {
  readonly params: readonly KeyValue[]
  readonly tags: readonly KeyValue[]
  /** Keys of what was cut. */
  readonly shortened: readonly string[]
  /** By their own names, what they are called there. */
  readonly renamed: Readonly<Record<string, string>>
  /** All of it, as it was: `kymo/run.json` among the artifacts. */
  readonly whole: object
}

/** What every server of today takes; older ones take less, which they say. Unit: characters. */
export const MAX_PARAM = 6_000
export const MAX_TAG = 5_000

export const STATUSES: Readonly<Record<RunStatus, string>> = {
  running: 'RUNNING',
  finished: 'FINISHED',
  failed: 'FAILED',
  killed: 'KILLED',
}

/** The tag by which a run is found again. */
export const RUN_TAG = 'kymo.run_id'

/** Nothing of it is asked of a server. `maxParam`: how long a value may be there. */
export function toMlflowRun(detail: RunDetail, maxParam = MAX_PARAM): MlflowRun {
  const { run, params, tags, summary, refusals, events } = detail
  const names = makeNames()
  const shortened: string[] = []
  const cut = (key: string, value: string, most: number): KeyValue => {
    if (value.length > most) shortened.push(key)
    return { key: names.of(key), value: value.length > most ? `${value.slice(0, most - 1)}…` : value }
  }
  const said: Readonly<Record<string, string | null>> = {
    [RUN_TAG]: run.id,
    'mlflow.source.name': 'kymo',
    'mlflow.note.content': run.notes === '' ? null : run.notes,
    'kymo.group': run.groupName,
    'kymo.job_type': run.jobType,
    'kymo.host': run.host,
  }
  return {
    params: flatten(params).map(([key, value]) => cut(key, value, maxParam)),
    tags: [...Object.entries(tags), ...Object.entries(said)].flatMap(([key, value]) =>
      value === null ? [] : [cut(key, value, MAX_TAG)],
    ),
    shortened,
    renamed: names.renamed,
    whole: { ...run, params, tags, summary, refusals, events },
  }
}

/** Nested ones by their paths, as those who use MLflow write them; lists as JSON. */
function flatten(params: Readonly<Record<string, JsonValue>>, prefix = ''): (readonly [string, string])[] {
  return Object.entries(params).flatMap(([key, value]) =>
    isJsonObject(value) && Object.keys(value).length > 0
      ? flatten(value, `${prefix}${key}.`)
      : [[`${prefix}${key}`, typeof value === 'string' ? value : JSON.stringify(value)] as const],
  )
}

/** A point as MLflow's REST API takes it: steps are whole there, NaN and the infinities texts. */
export interface MlflowMetric {
  readonly key: string
  readonly value: number | string
  readonly timestamp: number
  readonly step: number
}

export function toMetric(key: string, step: number, value: number, time: number): MlflowMetric {
  return {
    key,
    value: Number.isFinite(value) ? value : String(value),
    timestamp: Math.round(time),
    step: Math.round(step),
  }
}
