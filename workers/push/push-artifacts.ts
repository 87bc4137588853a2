import type { RunDetail } from '../../src/protocol/runs-api.ts'
import type { Database } from '../db/database.ts'
import { openArtifacts } from '../formats/artifact-sources.ts'
import { readArtifactFile } from '../artifacts/read-file.ts'
import type { ArtifactSource } from '../formats/contents.ts'
import { findSeriesId, readPoints } from '../read/read-points.ts'
import { PushError, type MlflowClient } from './mlflow-client.ts'
import type { RemoteRun } from './remote-runs.ts'

/** Names the versions that are there. */
const ARTIFACTS_TAG = 'kymo.artifacts'
const MAX_TAG = 5_000

export interface ArtifactsToPush {
  readonly client: MlflowClient
  readonly database: Database
  /** The run that made them. */
  readonly detail: RunDetail
  /** Models become versions of the registry. */
  readonly registers: boolean
}

/** What is not as it was among params and points. */
interface Kept {
  /** null where it is there as it is. */
  readonly whole: object | null
  readonly rounded: number
}

/**
 * Sends what the run made, and what MLflow does not take as it is: `kymo/run.json`, and `kymo/points.csv` where steps are fractions.
 * Answers how many files could not be sent: their bytes were given up, or the server proxies none.
 */
export async function pushArtifacts(
  { client, database, detail, registers }: ArtifactsToPush,
  remote: RemoteRun,
  { whole, rounded }: Kept,
): Promise<number> {
  const { run } = detail
  const { artifacts } = openArtifacts(database.sql, 'ours', (runId) => runId === run.id)
  const { artifactPath } = remote
  if (artifactPath === null) return artifacts.reduce((sum, { files }) => sum + files.length, 0)
  const put = (path: string, file: Blob): Promise<void> =>
    client.put(`${artifactPath}/${path.split('/').map(encodeURIComponent).join('/')}`, file)
  if (whole !== null)
    await put('kymo/run.json', new Blob([JSON.stringify(whole, null, 2)], { type: 'application/json' }))
  if (rounded > 0)
    await put('kymo/points.csv', new Blob([...pointsAsCsv(database, detail)], { type: 'text/csv' }))
  const there = new Set((remote.tags.get(ARTIFACTS_TAG) ?? '').split(' '))
  let leftOut = 0
  for (const artifact of artifacts) {
    if (there.has(artifact.id)) continue
    for (const { path } of artifact.files) {
      const file = await readArtifactFile(database, { database: database.id, artifactId: artifact.id, path })
      if (file.ok) await put(`${folderOf(artifact)}/${path}`, file.value)
      else leftOut += 1
    }
    if (registers && artifact.type === 'model') await register(client, remote, artifact)
    there.add(artifact.id)
    const value = [...there].join(' ').trim()
    remote.tags.set(ARTIFACTS_TAG, value)
    if (value.length <= MAX_TAG)
      await client.call('POST', 'runs/set-tag', { run_id: remote.id, key: ARTIFACTS_TAG, value })
  }
  return leftOut
}

function folderOf({ name, version }: ArtifactSource): string {
  return `${name}/v${version}`
}

/** A version of the registry for each, unless it is there. */
async function register(client: MlflowClient, remote: RemoteRun, artifact: ArtifactSource): Promise<void> {
  const { name } = artifact
  const source = `mlflow-artifacts:/${remote.artifactPath ?? ''}/${folderOf(artifact)}`
  await client.call('POST', 'registered-models/create', { name }).catch((cause: unknown) => {
    if (!(cause instanceof PushError) || cause.code !== 'RESOURCE_ALREADY_EXISTS') throw cause
  })
  const filter = `name = '${name.replaceAll("'", "''")}' and run_id = '${remote.id}'`
  const said = await client.call('GET', 'model-versions/search', { filter })
  const versions = Array.isArray(said['model_versions'])
    ? (said['model_versions'] as { source?: unknown }[])
    : []
  if (versions.some((version) => version.source === source)) return
  await client.call('POST', 'model-versions/create', { name, source, run_id: remote.id })
}

function* pointsAsCsv(database: Database, { run, series }: RunDetail): Generator<string> {
  yield 'key,step,value,time\n'
  for (const { key, count } of series) {
    const seriesId = findSeriesId(database, run.id, key)
    if (seriesId === undefined) continue
    const name = JSON.stringify(key)
    for (let from = 0; from < count;) {
      const { steps, values, times } = readPoints(database, seriesId, from, count - from)
      if (steps.length === 0) break
      yield [...steps].map((step, at) => `${name},${step},${values[at]},${times[at]}\n`).join('')
      from += steps.length
    }
  }
}
