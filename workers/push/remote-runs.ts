import { isRecord } from '../../src/model/raw-value.ts'
import type { RunId, UnixMs } from '../../src/model/units.ts'
import { isRefusal, PushError, type MlflowClient } from './mlflow-client.ts'
import { toTitle } from './mlflow-names.ts'
import { PARENT_TAG, RUN_TAG } from './mlflow-run.ts'
import { openProgress, type PushProgress } from './push-progress.ts'
import { shareFlights } from './share-flights.ts'

/** A run as the server has it. */
export interface RemoteRun {
  readonly id: string
  /** Below the path of the proxy; null where the server does not proxy artifacts. */
  readonly artifactPath: string | null
  /** As they were when it was found. */
  readonly tags: Map<string, string>
  readonly progress: PushProgress
  /** Whoever deleted it there does not want it again. */
  readonly isDeleted: boolean
  /** Whether it was there before this push began, which may have been cut off at any of its points. */
  readonly isOld: boolean
  /** Artifacts that the server did not take: another push may try them again, this one does not. */
  readonly refused: Set<string>
}

/** An experiment of the server, and the runs that were pushed there before. */
export interface RemoteExperiment {
  /** Whether its store knows a point that comes twice by what it is, as those over SQL do; one of files keeps it twice. */
  readonly knowsPoints: boolean
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
/** Stores over SQL count experiments in a column of 32 bits; one of files draws longer numbers, but for its first. */
const MAX_SQL_ID = 2 ** 31

/** Errors: rejects with `PushError`, also where an experiment of that name was deleted on the server. */
export async function openRemoteExperiment(client: MlflowClient, name: string): Promise<RemoteExperiment> {
  const experimentId = await experimentIdOf(client, toTitle(name))
  const known = new Map<RunId, RemoteRun>()
  for (const run of (await search(`tags.\`${RUN_TAG}\` != ''`)).toSorted(byWorth))
    known.set(run.tags.get(RUN_TAG) ?? '', run)
  /** Several trials may ask for their sweep at once. */
  const createOnce = shareFlights(create)

  async function search(filter: string): Promise<readonly RemoteRun[]> {
    const found: RemoteRun[] = []
    for (let token = ''; ;) {
      const asked = { experiment_ids: [experimentId], filter, max_results: PAGE, run_view_type: 'ALL' }
      const said = await client.call(
        'POST',
        'runs/search',
        token === '' ? asked : { ...asked, page_token: token },
      )
      if (Array.isArray(said['runs'])) found.push(...said['runs'].map((run) => parseRun(run, true)))
      token = String(said['next_page_token'] ?? '')
      if (token === '') return found
    }
  }

  async function create({ name: id, runName, startedAt, parent }: RunStart): Promise<RemoteRun> {
    const tags = [
      { key: RUN_TAG, value: id },
      ...(parent === null ? [] : [{ key: PARENT_TAG, value: parent }]),
    ]
    const asked = {
      experiment_id: experimentId,
      run_name: toTitle(runName),
      start_time: Math.round(startedAt),
      tags,
    }
    const run = await client.doOnce(
      async () => parseRun((await client.call('POST', 'runs/create', asked, 'once'))['run'], false),
      async () => (await search(`tags.\`${RUN_TAG}\` = '${id.replaceAll("'", '')}'`))[0],
    )
    known.set(id, run)
    return run
  }

  return {
    knowsPoints: experimentId !== '0' && Number(experimentId) < MAX_SQL_ID,
    async findOrCreate(start) {
      return known.get(start.name) ?? createOnce(start.name, start)
    },
  }
}

/** Of several that one push made because an answer came late, that which is kept comes last. */
function byWorth(one: RemoteRun, other: RemoteRun): number {
  return (
    Number(other.isDeleted) - Number(one.isDeleted) ||
    one.progress.series.size - other.progress.series.size ||
    (one.id < other.id ? -1 : 1)
  )
}

async function experimentIdOf(client: MlflowClient, name: string): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const said = await client.call('GET', 'experiments/get-by-name', { experiment_name: name })
      const experiment = isRecord(said['experiment']) ? said['experiment'] : {}
      if (experiment['lifecycle_stage'] === 'deleted')
        throw new PushError(
          'refused',
          `The experiment ${name} was deleted on the server: restore it there, or rename it.`,
        )
      return String(experiment['experiment_id'])
    } catch (cause) {
      const isMissing = isRefusal(cause) && cause.code === 'RESOURCE_DOES_NOT_EXIST'
      if (!isMissing || attempt > 2) throw cause
      // Another push may make it at the same time.
      await client.call('POST', 'experiments/create', { name }).catch((refusal: unknown) => {
        if (!isRefusal(refusal) || refusal.code !== 'RESOURCE_ALREADY_EXISTS') throw refusal
      })
    }
  }
}

function parseRun(said: unknown, isOld: boolean): RemoteRun {
  const { info, data } = isRecord(said) ? said : {}
  const { artifact_uri: uri, lifecycle_stage: stage, run_id: id } = isRecord(info) ? info : {}
  const place = typeof uri === 'string' && uri.startsWith('mlflow-artifacts:') ? uri : null
  const list = isRecord(data) && Array.isArray(data['tags']) ? (data['tags'] as unknown[]) : []
  const tags = new Map(list.filter(isRecord).map(({ key, value }) => [String(key), String(value)]))
  return {
    id: String(id),
    artifactPath: place === null ? null : new URL(place).pathname.replace(/^\/+/, ''),
    tags,
    progress: openProgress(tags),
    isDeleted: stage === 'deleted',
    isOld,
    refused: new Set(),
  }
}
