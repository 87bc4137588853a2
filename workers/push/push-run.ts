import type { RunDetail } from '../../src/protocol/runs-api.ts'
import type { Database } from '../db/database.ts'
import { toRecord } from '../formats/database-contents.ts'
import { fingerprintOf } from '../mirror/fingerprint.ts'
import { findSeriesId, readPoints } from '../read/read-points.ts'
import type { LeftOut } from './left-out.ts'
import { isDeleted } from './mlflow-client.ts'
import { cutText, renamedOf, toNames, toTitle } from './mlflow-names.ts'
import { MAX_TAG, STATUSES, toMlflowRun } from './mlflow-run.ts'
import { pushArtifacts, putFile, tell, type ArtifactsToPush } from './push-artifacts.ts'
import { pushPoints } from './push-points.ts'
import { pushParams, pushTags } from './push-record.ts'
import type { RemoteExperiment, RemoteRun } from './remote-runs.ts'

/** What became of a run. */
export interface PushedRun {
  readonly points: number
  /** Steps that are fractions, which are whole in `kymo/points.csv` since this push. */
  readonly rounded: number
  /** Texts that were cut or cleaned, which are whole in `kymo/run.json`. */
  readonly altered: number
  /** Keys and files that are called otherwise there. */
  readonly renamed: number
  readonly leftOut: readonly LeftOut[]
  /** Whether somebody deleted it on the server, where it is left alone. */
  readonly isDeleted: boolean
}

const DELETED: PushedRun = { points: 0, rounded: 0, altered: 0, renamed: 0, leftOut: [], isDeleted: true }

const RECORD_TAG = 'kymo.record'
const LEFT_OUT_TAG = 'kymo.left_out'
const WHOLE_RUN = 'kymo/run.json'
const WHOLE_POINTS = 'kymo/points.csv'

export interface PushOptions extends ArtifactsToPush {
  readonly experiment: RemoteExperiment
  /** The run of the server that it is shown under; null for none. */
  readonly parent: string | null
}

/** Brings a run of the server to what is here. How far it is there is kept in tags of its own, so a push goes on where one was cut off. */
export async function pushRun(options: PushOptions): Promise<PushedRun> {
  const { experiment, detail, parent } = options
  const { id, name, startedAt } = detail.run
  const remote = await experiment.findOrCreate({ name: id, runName: name, startedAt, parent })
  if (remote.isDeleted) return DELETED
  try {
    return await pushTo(remote, options)
  } catch (cause) {
    if (isDeleted(cause)) return DELETED
    throw cause
  }
}

async function pushTo(remote: RemoteRun, options: PushOptions): Promise<PushedRun> {
  const { client, experiment, database, detail } = options
  const { run } = detail
  const fingerprint = fingerprintOf(toRecord(detail))
  const isChanged = remote.tags.get(RECORD_TAG) !== fingerprint
  const told = isChanged ? toMlflowRun(detail) : null
  const leftOut: LeftOut[] = []
  if (told !== null) {
    leftOut.push(...(await pushParams(client, remote, told.params)))
    leftOut.push(...(await pushTags(client, remote, told.tags)))
    const whole = new Blob([JSON.stringify(told.whole, null, 2)], { type: 'application/json' })
    leftOut.push(...notPut(WHOLE_RUN, await putFile(client, remote, WHOLE_RUN, whole)))
  }
  const sent = await pushPoints({ client, database, detail, remote, knowsPoints: experiment.knowsPoints })
  const fractions = await pushFractions(options, remote)
  const artifacts = await pushArtifacts(options, remote)
  leftOut.push(...sent.leftOut, ...fractions.leftOut, ...artifacts.leftOut)
  if (leftOut.length > 0) await tellLeftOut(options, remote, isChanged, leftOut)
  if (isChanged) {
    await client.call('POST', 'runs/update', {
      run_id: remote.id,
      run_name: toTitle(run.name),
      status: STATUSES[run.status],
      ...(run.endedAt === null ? {} : { end_time: Math.round(run.endedAt) }),
    })
    await pushTags(client, remote, [{ key: RECORD_TAG, value: fingerprint }])
    remote.tags.set(RECORD_TAG, fingerprint)
  }
  const names = toNames(detail.series.map(({ key }) => key))
  return {
    points: sent.points,
    rounded: fractions.rounded,
    altered: told?.altered ?? 0,
    renamed: (told === null ? 0 : told.renamed + renamedOf(names).length) + artifacts.renamed,
    leftOut,
    isDeleted: false,
  }
}

/** Where it is missed: in a tag of the run. */
async function tellLeftOut(
  { client }: PushOptions,
  remote: RemoteRun,
  isAnew: boolean,
  leftOut: readonly LeftOut[],
): Promise<void> {
  const before = isAnew ? [] : (remote.tags.get(LEFT_OUT_TAG)?.split('\n') ?? [])
  const lines = new Set([...before, ...leftOut.map(({ what, why }) => `${what}: ${why}`)])
  const value = cutText([...lines].join('\n'), MAX_TAG)
  if (value === remote.tags.get(LEFT_OUT_TAG)) return
  await pushTags(client, remote, [{ key: LEFT_OUT_TAG, value }])
  remote.tags.set(LEFT_OUT_TAG, value)
}

/** While a run trains its points are written again when they have become twice as many, and once more at its end. */
async function pushFractions(
  { client, database, detail }: PushOptions,
  remote: RemoteRun,
): Promise<{ readonly rounded: number; readonly leftOut: readonly LeftOut[] }> {
  const { progress } = remote
  const rounded = [...progress.series.values()].reduce((sum, series) => sum + series.rounded, 0)
  const kept = Number(progress.file(WHOLE_POINTS) ?? 0)
  const isDue = detail.run.status === 'running' ? rounded >= 2 * kept : rounded !== kept
  if (rounded === 0 || !isDue || remote.refused.has(WHOLE_POINTS)) return { rounded: 0, leftOut: [] }
  const file = new Blob([...pointsAsCsv(database, detail)], { type: 'text/csv' })
  const why = await putFile(client, remote, WHOLE_POINTS, file)
  if (why === null) await tell(client, remote, WHOLE_POINTS, String(rounded))
  else remote.refused.add(WHOLE_POINTS)
  return { rounded: rounded - kept, leftOut: notPut(WHOLE_POINTS, why) }
}

function notPut(what: string, why: string | null): readonly LeftOut[] {
  return why === null ? [] : [{ what, why }]
}

function* pointsAsCsv(database: Database, { run, series }: RunDetail): Generator<string> {
  yield 'key,step,value,time\n'
  for (const { key, count } of series) {
    const seriesId = findSeriesId(database, run.id, key)
    if (seriesId === undefined) continue
    const name = `"${key.replaceAll('"', '""')}"`
    for (let from = 0; from < count;) {
      const { steps, values, times } = readPoints(database, seriesId, from, count - from)
      if (steps.length === 0) break
      yield [...steps].map((step, at) => `${name},${step},${values[at]},${times[at]}\n`).join('')
      from += steps.length
    }
  }
}
