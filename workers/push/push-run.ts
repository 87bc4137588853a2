import { isRecord } from '../../src/model/raw-value.ts'
import type { RunDetail } from '../../src/protocol/runs-api.ts'
import type { Database } from '../db/database.ts'
import { toRecord } from '../formats/database-contents.ts'
import { fingerprintOf } from '../mirror/fingerprint.ts'
import { findSeriesId, readPoints } from '../read/read-points.ts'
import { PushError, type MlflowClient } from './mlflow-client.ts'
import { makeNames, type Names } from './mlflow-names.ts'
import { STATUSES, toMetric, toMlflowRun, type KeyValue, type MlflowMetric } from './mlflow-run.ts'
import { pushArtifacts, type ArtifactsToPush } from './push-artifacts.ts'
import type { RemoteExperiment, RemoteRun } from './remote-runs.ts'

/** What became of a run. */
export interface PushedRun {
  readonly points: number
  /** Points whose step was rounded, texts that were cut, names that were changed, files that could not be sent. */
  readonly rounded: number
  readonly shortened: number
  readonly renamed: number
  readonly leftOut: number
}

/** How far a run is there, kept in tags of its own, so that a push goes on where one was cut off. */
const POINTS_TAG = 'kymo.points'
const RECORD_TAG = 'kymo.record'
/** A longer tag is not kept everywhere; then points are sent again, which the server knows them by. */
const MAX_POINTS_TAG = 5_000

/** What a request may hold. Source: mlflow/utils/validation.py. */
const MAX_METRICS = 950
const MAX_ENTRIES = 100
const OLD_MAX_PARAM = 500

export interface PushOptions extends ArtifactsToPush {
  readonly experiment: RemoteExperiment
  /** The run of the server that it is shown under; null for none. */
  readonly parent: string | null
}

/** Brings a run of the server to what is here. Points that are there are known by what they are, so sending them again changes nothing. */
export async function pushRun(options: PushOptions): Promise<PushedRun> {
  const { client, experiment, database, detail, parent } = options
  const { run } = detail
  const remote = await experiment.findOrCreate({
    name: run.id,
    runName: run.name,
    startedAt: run.startedAt,
    parent,
  })
  const fingerprint = fingerprintOf(toRecord(detail))
  const isChanged = remote.tags.get(RECORD_TAG) !== fingerprint
  const told = isChanged ? await pushRecord(client, remote, detail) : toMlflowRun(detail)
  const names = makeNames()
  const { points, rounded } = await pushPoints(client, remote, database, detail, names)
  const leftOut = await pushArtifacts(options, remote, {
    whole: isChanged ? told.whole : null,
    rounded,
  })
  if (isChanged) {
    await client.call('POST', 'runs/update', {
      run_id: remote.id,
      run_name: run.name,
      status: STATUSES[run.status],
      ...(run.endedAt === null ? {} : { end_time: Math.round(run.endedAt) }),
    })
    await logTags(client, remote, [{ key: RECORD_TAG, value: fingerprint }])
  }
  return {
    points,
    rounded,
    leftOut,
    shortened: told.shortened.length,
    renamed: Object.keys(told.renamed).length + Object.keys(names.renamed).length,
  }
}

async function pushRecord(
  client: MlflowClient,
  remote: RemoteRun,
  detail: RunDetail,
): Promise<ReturnType<typeof toMlflowRun>> {
  try {
    return await logRecord(client, remote, toMlflowRun(detail))
  } catch (cause) {
    // Servers before 2.8 take shorter params.
    if (!(cause instanceof PushError) || !/length|exceed/i.test(cause.message)) throw cause
    return logRecord(client, remote, toMlflowRun(detail, OLD_MAX_PARAM))
  }
}

async function logRecord(
  client: MlflowClient,
  remote: RemoteRun,
  told: ReturnType<typeof toMlflowRun>,
): Promise<ReturnType<typeof toMlflowRun>> {
  for (const params of chunks(told.params, MAX_ENTRIES)) await logParams(client, remote, params)
  await logTags(client, remote, told.tags)
  return told
}

/** A param keeps its first value there; what it became is in the whole record. */
async function logParams(
  client: MlflowClient,
  { id }: RemoteRun,
  params: readonly KeyValue[],
): Promise<void> {
  try {
    await client.call('POST', 'runs/log-batch', { run_id: id, params })
  } catch (cause) {
    if (!(cause instanceof PushError) || !/changing param/i.test(cause.message)) throw cause
    const said = await client.call('GET', 'runs/get', { run_id: id })
    const { data } = isRecord(said['run']) ? said['run'] : {}
    const there = isRecord(data) && Array.isArray(data['params']) ? (data['params'] as unknown[]) : []
    const known = new Set(there.filter(isRecord).map(({ key }) => String(key)))
    const missing = params.filter(({ key }) => !known.has(key))
    if (missing.length > 0) await client.call('POST', 'runs/log-batch', { run_id: id, params: missing })
  }
}

async function logTags(
  client: MlflowClient,
  { id, tags: known }: RemoteRun,
  tags: readonly KeyValue[],
): Promise<void> {
  for (const some of chunks(tags, MAX_ENTRIES))
    await client.call('POST', 'runs/log-batch', { run_id: id, tags: some })
  for (const { key, value } of tags) known.set(key, value)
}

async function pushPoints(
  client: MlflowClient,
  remote: RemoteRun,
  database: Database,
  { run, series }: RunDetail,
  names: Names,
): Promise<{ readonly points: number; readonly rounded: number }> {
  const sent = parseCounts(remote.tags.get(POINTS_TAG))
  let metrics: MlflowMetric[] = []
  let [points, rounded] = [0, 0]

  async function flush(): Promise<void> {
    if (metrics.length === 0) return
    const value = JSON.stringify(Object.fromEntries(sent))
    const tags = value.length > MAX_POINTS_TAG ? [] : [{ key: POINTS_TAG, value }]
    await client.call('POST', 'runs/log-batch', { run_id: remote.id, metrics, tags })
    remote.tags.set(POINTS_TAG, value)
    points += metrics.length
    metrics = []
  }

  for (const { key, count } of series) {
    const seriesId = findSeriesId(database, run.id, key)
    if (seriesId === undefined) continue
    const name = names.of(key)
    for (let from = sent.get(key) ?? 0; from < count;) {
      const slice = readPoints(database, seriesId, from, Math.min(MAX_METRICS - metrics.length, count - from))
      if (slice.steps.length === 0) break
      for (const [index, step] of slice.steps.entries()) {
        if (!Number.isInteger(step)) rounded += 1
        metrics.push(toMetric(name, step, slice.values[index] ?? Number.NaN, slice.times[index] ?? 0))
      }
      from += slice.steps.length
      sent.set(key, from)
      if (metrics.length === MAX_METRICS) await flush()
    }
  }
  await flush()
  return { points, rounded }
}

function parseCounts(text: string | undefined): Map<string, number> {
  try {
    const said: unknown = JSON.parse(text ?? '{}')
    return new Map(isRecord(said) ? Object.entries(said).map(([key, count]) => [key, Number(count)]) : [])
  } catch {
    return new Map()
  }
}

function* chunks<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size)
}
