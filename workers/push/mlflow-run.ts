import { flattenJson } from '../../src/model/json.ts'
import type { RunStatus } from '../../src/model/run.ts'
import type { RunDetail } from '../../src/protocol/runs-api.ts'
import { cutText, renamedOf, toNames, toText } from './mlflow-names.ts'

export interface KeyValue {
  readonly key: string
  readonly value: string
}

/** What MLflow is told of a run besides its points, and how much of it is not as it was. */
export interface MlflowRun {
  readonly params: readonly KeyValue[]
  readonly tags: readonly KeyValue[]
  /** Texts that were cut, or hold what databases refuse. */
  readonly altered: number
  readonly renamed: number
  /** All of it, as it was: `kymo/run.json` among the artifacts. */
  readonly whole: object
}

/** What every server of today takes. Unit: UTF-16 code units. */
const MAX_PARAM = 6_000
export const MAX_TAG = 5_000

export const STATUSES: Readonly<Record<RunStatus, string>> = {
  running: 'RUNNING',
  finished: 'FINISHED',
  failed: 'FAILED',
  killed: 'KILLED',
}

/** Ours say what of a run is there; the parent is the one it has here. */
const KYMO = 'kymo.'
export const PARENT_TAG = 'mlflow.parentRunId'
/** The tag by which a run is found again. */
export const RUN_TAG = `${KYMO}run_id`

/** Nothing of it is asked of a server. */
export function toMlflowRun(detail: RunDetail): MlflowRun {
  const { run, params, tags, summary, refusals, events } = detail
  let altered = 0

  function toEntries(values: ReadonlyMap<string, string>, most: number): readonly KeyValue[] {
    const names = toNames([...values.keys()])
    return [...values].map(([key, value]) => {
      const fits = cutText(toText(value), most)
      if (fits !== value) altered += 1
      return { key: names.get(key) ?? key, value: fits }
    })
  }

  const said: Readonly<Record<string, string | null>> = {
    [RUN_TAG]: run.id,
    'mlflow.source.name': 'kymo',
    'mlflow.source.type': 'LOCAL',
    'mlflow.note.content': run.notes === '' ? null : run.notes,
    'kymo.group': run.groupName,
    'kymo.job_type': run.jobType,
    'kymo.host': run.host,
  }
  const flat = new Map<string, string>()
  // Nested ones by their paths, as those who use MLflow write them; lists as JSON.
  for (const [path, value] of flattenJson(params))
    flat.set(freeKey(flat, path), typeof value === 'string' ? value : JSON.stringify(value))
  const own = new Map(Object.entries(tags).map(([key, value]) => [isOurs(key) ? `tag.${key}` : key, value]))
  for (const [key, value] of Object.entries(said)) if (value !== null) own.set(key, value)
  const mapped = { params: toEntries(flat, MAX_PARAM), tags: toEntries(own, MAX_TAG) }
  const renamed = [flat, own].reduce((sum, map) => sum + renamedOf(toNames([...map.keys()])).length, 0)
  return {
    ...mapped,
    altered,
    renamed: renamed + Object.keys(tags).filter(isOurs).length,
    whole: { ...run, params, tags, summary, refusals, events },
  }
}

/** `{ 'a.b': 1, a: { b: 2 } }` has two of one path. */
function freeKey(taken: ReadonlyMap<string, string>, key: string): string {
  return taken.has(key) ? freeKey(taken, `${key}_`) : key
}

function isOurs(key: string): boolean {
  return key.startsWith(KYMO) || key === PARENT_TAG
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
