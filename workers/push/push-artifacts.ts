import { isRecord } from '../../src/model/raw-value.ts'
import type { RunDetail } from '../../src/protocol/runs-api.ts'
import { readArtifactFile } from '../artifacts/read-file.ts'
import type { Database } from '../db/database.ts'
import { openArtifacts } from '../formats/artifact-sources.ts'
import type { ArtifactSource } from '../formats/contents.ts'
import type { LeftOut } from './left-out.ts'
import { isRefusal, type MlflowClient } from './mlflow-client.ts'
import { toArtifactPath, toModelName } from './mlflow-names.ts'
import type { RemoteRun } from './remote-runs.ts'

export interface ArtifactsToPush {
  readonly client: MlflowClient
  readonly database: Database
  /** The run that made them. */
  readonly detail: RunDetail
  /** Models become versions of the registry. */
  readonly registers: boolean
}

export interface PushedArtifacts {
  /** Files that are called otherwise there. */
  readonly renamed: number
  readonly leftOut: readonly LeftOut[]
}

/** Sends the versions that the run made and that its progress does not tell. */
export async function pushArtifacts(options: ArtifactsToPush, remote: RemoteRun): Promise<PushedArtifacts> {
  const { client, database, detail, registers } = options
  const { artifacts } = openArtifacts(database.sql, 'ours', (runId) => runId === detail.run.id)
  const leftOut: LeftOut[] = []
  let renamed = 0
  for (const artifact of artifacts) {
    const there = remote.progress.file(artifact.id)
    const mark = registers && artifact.type === 'model' ? REGISTERED : SENT
    if (there === mark || there === REGISTERED || remote.refused.has(artifact.id)) continue
    const files = there === SENT ? NO_FILES : await sendFiles(options, remote, artifact)
    const registering =
      mark === REGISTERED && files.refused === 0 ? await register(client, remote, artifact) : []
    leftOut.push(...files.leftOut, ...registering)
    renamed += files.renamed
    if (files.refused + registering.length > 0) remote.refused.add(artifact.id)
    if (files.refused === 0) await tell(client, remote, artifact.id, registering.length > 0 ? SENT : mark)
  }
  return { renamed, leftOut }
}

const [SENT, REGISTERED] = ['sent', 'registered']

interface SentFiles extends PushedArtifacts {
  /** How many the server did not take; those whose bytes were given up here never come. */
  readonly refused: number
}

const NO_FILES: SentFiles = { renamed: 0, leftOut: [], refused: 0 }

async function sendFiles(
  { client, database }: ArtifactsToPush,
  remote: RemoteRun,
  artifact: ArtifactSource,
): Promise<SentFiles> {
  const leftOut: LeftOut[] = []
  let [renamed, refused] = [0, 0]
  for (const { path } of artifact.files) {
    const there = `${folderOf(artifact)}/${toArtifactPath(path)}`
    if (there !== `${artifact.name}/v${artifact.version}/${path}`) renamed += 1
    const file = await readArtifactFile(database, { database: database.id, artifactId: artifact.id, path })
    const why = file.ok ? await putFile(client, remote, there, file.value) : file.error.message
    if (why !== null) leftOut.push({ what: there, why })
    if (why !== null && file.ok) refused += 1
  }
  return { renamed, leftOut, refused }
}

function folderOf({ name, version }: ArtifactSource): string {
  return `${toArtifactPath(name)}/v${version}`
}

const NO_PROXY = 'The server leaves artifacts to a store that only its own clients reach.'

/** Puts a file below the artifacts of a run; answers why the server does not take it, or null. */
export async function putFile(
  client: MlflowClient,
  { artifactPath }: RemoteRun,
  path: string,
  file: Blob,
): Promise<string | null> {
  if (artifactPath === null) return NO_PROXY
  try {
    await client.put(`${artifactPath}/${path}`, file)
    return null
  } catch (cause) {
    if (!isRefusal(cause)) throw cause
    return cause.message
  }
}

/** Tells what was put under a name, in the tags of the run. */
export async function tell(
  client: MlflowClient,
  { id, progress }: RemoteRun,
  name: string,
  mark: string,
): Promise<void> {
  progress.tellFile(name, mark)
  await client.call('POST', 'runs/log-batch', { run_id: id, tags: progress.take() })
}

/** A version of the registry for each, unless it is there; answers why there is none. */
async function register(
  client: MlflowClient,
  remote: RemoteRun,
  artifact: ArtifactSource,
): Promise<readonly LeftOut[]> {
  const name = toModelName(artifact.name)
  const source = `mlflow-artifacts:/${remote.artifactPath ?? ''}/${folderOf(artifact)}`
  try {
    await client.call('POST', 'registered-models/create', { name }).catch((cause: unknown) => {
      if (!isRefusal(cause) || cause.code !== 'RESOURCE_ALREADY_EXISTS') throw cause
    })
    const findVersion = async (): Promise<object | undefined> => {
      const filter = `name = '${name}' and run_id = '${remote.id}'`
      const said = await client.call('GET', 'model-versions/search', { filter })
      const versions = Array.isArray(said['model_versions']) ? (said['model_versions'] as unknown[]) : []
      return versions.filter(isRecord).find((version) => version['source'] === source)
    }
    const version = { name, source, run_id: remote.id }
    if ((await findVersion()) === undefined)
      await client.doOnce<object>(
        () => client.call('POST', 'model-versions/create', version, 'once'),
        findVersion,
      )
    return []
  } catch (cause) {
    if (!isRefusal(cause)) throw cause
    return [{ what: `the model ${artifact.name}`, why: cause.message }]
  }
}
