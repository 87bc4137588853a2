import { isRecord } from '../../src/model/raw-value.ts'
import type { RunId, UnixMs } from '../../src/model/units.ts'
import { PushError, type MlflowClient } from './mlflow-client.ts'
import { RUN_TAG } from './mlflow-run.ts'

/** A run as the server has it. */
export interface RemoteRun {
  readonly id: string
  /** Below the path of the proxy; null where the server does not proxy artifacts. */
  readonly artifactPath: string | null
  /** As they were told or said last. */
  readonly tags: Map<string, string>
}

/** An experiment of the server, and the runs that were pushed there before. */
export interface RemoteExperiment {
  /** Answers the one that is there, by the tag that names it, or makes it: never a second one. */
  findOrCreate(start: RunStart): Promise<RemoteRun>
}

interface RunStart {
  /** What the tag says. */
  readonly name: RunId
  readonly runName: string
  readonly startedAt: UnixMs
  readonly parent: string | null
}

const PAGE = 1_000
const CREATE_ATTEMPTS = 6

/** Errors: rejects with `PushError`, also where an experiment of that name was deleted on the server. */
export async function openRemoteExperiment(client: MlflowClient, name: string): Promise<RemoteExperiment> {
  const experimentId = await experimentIdOf(client, name)
  /** Several trials may ask for their sweep at once. */
  const known = new Map<RunId, Promise<RemoteRun>>()
  for (const run of await search(`tags.\`${RUN_TAG}\` != ''`))
    known.set(run.tags.get(RUN_TAG) ?? '', Promise.resolve(run))

  async function search(filter: string): Promise<readonly RemoteRun[]> {
    const found: RemoteRun[] = []
    for (let token = ''; ;) {
      const asked = { experiment_ids: [experimentId], filter, max_results: PAGE, run_view_type: 'ALL' }
      const said = await client.call(
        'POST',
        'runs/search',
        token === '' ? asked : { ...asked, page_token: token },
      )
      if (Array.isArray(said['runs'])) found.push(...said['runs'].map(parseRun))
      token = String(said['next_page_token'] ?? '')
      if (token === '') return found
    }
  }

  async function create({ name: id, runName, startedAt, parent }: RunStart): Promise<RemoteRun> {
    const tags = [
      { key: RUN_TAG, value: id },
      ...(parent === null ? [] : [{ key: 'mlflow.parentRunId', value: parent }]),
    ]
    const asked = { experiment_id: experimentId, run_name: runName, start_time: Math.round(startedAt), tags }
    for (let attempt = 1; ; attempt += 1) {
      try {
        const said = await client.call('POST', 'runs/create', asked, 'once')
        return parseRun(said['run'])
      } catch (cause) {
        // It may have been made all the same, and only the answer was lost.
        const [made] = await search(`tags.\`${RUN_TAG}\` = '${id.replaceAll("'", '')}'`)
        if (made !== undefined) return made
        if (attempt === CREATE_ATTEMPTS || (cause instanceof PushError && cause.code !== '')) throw cause
        await client.pause(attempt)
      }
    }
  }

  return {
    findOrCreate(start) {
      const run = known.get(start.name) ?? create(start)
      known.set(start.name, run)
      return run
    },
  }
}

async function experimentIdOf(client: MlflowClient, name: string): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const said = await client.call('GET', 'experiments/get-by-name', { experiment_name: name })
      const experiment = isRecord(said['experiment']) ? said['experiment'] : {}
      if (experiment['lifecycle_stage'] === 'deleted')
        throw new PushError(
          `The experiment ${name} was deleted on the server: restore it there, or rename it.`,
        )
      return String(experiment['experiment_id'])
    } catch (cause) {
      const isMissing = cause instanceof PushError && cause.code === 'RESOURCE_DOES_NOT_EXIST'
      if (!isMissing || attempt > 2) throw cause
      // Another push may make it at the same time.
      await client.call('POST', 'experiments/create', { name }).catch(() => undefined)
    }
  }
}

function parseRun(said: unknown): RemoteRun {
  const { info, data } = isRecord(said) ? said : {}
  const uri = isRecord(info) ? String(info['artifact_uri'] ?? '') : ''
  const tags = isRecord(data) && Array.isArray(data['tags']) ? (data['tags'] as unknown[]) : []
  return {
    id: isRecord(info) ? String(info['run_id']) : '',
    artifactPath: uri.startsWith('mlflow-artifacts:') ? new URL(uri).pathname.replace(/^\/+/, '') : null,
    tags: new Map(tags.filter(isRecord).map(({ key, value }) => [String(key), String(value)])),
  }
}
