import { INTEGER, REAL, REAL_OR_NULL } from '../../src/model/column.ts'
import type { ExperimentId, RunId } from '../../src/model/units.ts'
import type { RunDetail } from '../../src/protocol/runs-api.ts'
import type { Database } from '../db/database.ts'
import { readRun } from '../read/run-detail.ts'
import { endsPush, PushError, type MlflowClient } from './mlflow-client.ts'
import type { LeftOut } from './left-out.ts'
import { STATUSES } from './mlflow-run.ts'
import { pushRun, type PushedRun } from './push-run.ts'
import { shareFlights } from './share-flights.ts'
import { openRemoteExperiment, type RemoteExperiment } from './remote-runs.ts'

export interface RunToPush {
  readonly database: Database
  readonly runId: RunId
}

export interface PushResult {
  /** How many are there as they are here. */
  readonly runs: number
  readonly failed: readonly { readonly runId: RunId; readonly why: string }[]
  readonly points: number
  readonly rounded: number
  readonly altered: number
  readonly renamed: number
  readonly leftOut: readonly (LeftOut & { readonly runId: RunId })[]
  /** Runs that somebody deleted on the server, where they are left alone. */
  readonly deleted: readonly RunId[]
  /** Why it ended before all runs were tried: the server is away, or lets nobody in; null where it did not. */
  readonly ended: string | null
}

/** Requests under way at a time: more only wait at the server. */
const LANES = 8

/** Brings runs to a server, several at a time; one that fails leaves the others alone. */
export interface Pusher {
  /** `onRun` is told how many are done. */
  push(runs: readonly RunToPush[], onRun?: (done: number) => void): Promise<PushResult>
}

export function makePusher(client: MlflowClient, registers: boolean): Pusher {
  const experiments = new Map<string, RemoteExperiment>()
  const openOnce = shareFlights(async (name: string) => {
    const opened = await openRemoteExperiment(client, name)
    experiments.set(name, opened)
    return opened
  })

  async function pushOne(sweepOf: SweepOf, { database, runId }: RunToPush): Promise<PushedRun> {
    const detail = readRun(database, runId)
    if (detail === undefined) throw new PushError('refused', 'It is not here any more.')
    const { experimentName: name } = detail
    const experiment = experiments.get(name) ?? (await openOnce(name, name))
    const parent = await parentOf(sweepOf, experiment, database, detail)
    return pushRun({ client, experiment, database, detail, parent, registers })
  }

  return {
    async push(runs, onRun) {
      const pushed = new Map<RunId, PushedRun>()
      const failed: { runId: RunId; why: string }[] = []
      const waiting = [...runs]
      let ended: string | null = null
      const sweepOf = onceEach(client)

      async function lane(): Promise<void> {
        for (let run = waiting.shift(); run !== undefined && ended === null; run = waiting.shift()) {
          try {
            pushed.set(run.runId, await pushOne(sweepOf, run))
          } catch (cause) {
            if (!(cause instanceof PushError)) throw cause
            if (endsPush(cause)) ended = cause.message
            else failed.push({ runId: run.runId, why: cause.message })
          }
          onRun?.(pushed.size + failed.length)
        }
      }

      await Promise.all(Array.from({ length: LANES }, lane))
      return { ...sumOf(pushed), failed, ended }
    },
  }
}

function sumOf(pushed: ReadonlyMap<RunId, PushedRun>): Omit<PushResult, 'failed' | 'ended'> {
  const all = [...pushed.values()]
  const total = (count: 'points' | 'rounded' | 'altered' | 'renamed'): number =>
    all.reduce((sum, run) => sum + run[count], 0)
  const deleted = [...pushed].flatMap(([runId, { isDeleted }]) => (isDeleted ? [runId] : []))
  return {
    runs: pushed.size - deleted.length,
    points: total('points'),
    rounded: total('rounded'),
    altered: total('altered'),
    renamed: total('renamed'),
    leftOut: [...pushed].flatMap(([runId, run]) => run.leftOut.map((each) => ({ runId, ...each }))),
    deleted,
  }
}

/** A trial is shown under its sweep, a fork under what it came from. */
async function parentOf(
  sweepOf: SweepOf,
  experiment: RemoteExperiment,
  database: Database,
  { run }: RunDetail,
): Promise<string | null> {
  if (run.parentRunId !== null) {
    const parent = readRun(database, run.parentRunId)
    if (parent === undefined) return null
    const { id, name, startedAt } = parent.run
    return (await experiment.findOrCreate({ name: id, runName: name, startedAt, parent: null })).id
  }
  if (run.jobType !== SWEEP || run.groupName === null) return null
  return sweepOf(experiment, database, run.experimentId, run.groupName)
}

type SweepOf = (
  experiment: RemoteExperiment,
  database: Database,
  experimentId: ExperimentId,
  groupName: string,
) => Promise<string>

/** However many trials ask for it. */
function onceEach(client: MlflowClient): SweepOf {
  const pushed = new Map<string, Promise<string>>()
  return (experiment, database, experimentId, groupName) => {
    const name = `${experimentId} ${groupName}`
    const pushing = pushed.get(name) ?? pushSweep(client, experiment, database, experimentId, groupName)
    pushed.set(name, pushing)
    return pushing
  }
}

const SWEEP = 'sweep'
const TRIALS = `select min(started_at) as started_at, max(ended_at) as ended_at, sum(status = 'running') as running
  from runs where experiment_id = ? and group_name = ? and job_type = ? and removed_at is null`

/** A run that stands for a sweep, from the start of its first trial to the end of its last. */
async function pushSweep(
  client: MlflowClient,
  experiment: RemoteExperiment,
  database: Database,
  experimentId: ExperimentId,
  groupName: string,
): Promise<string> {
  const trials = database.sql.first(TRIALS, [experimentId, groupName, SWEEP], {
    startedAt: REAL,
    endedAt: REAL_OR_NULL,
    running: INTEGER,
  })
  const startedAt = trials?.startedAt ?? 0
  const name = `sweep ${experimentId} ${groupName}`
  const { id, isDeleted } = await experiment.findOrCreate({
    name,
    runName: groupName,
    startedAt,
    parent: null,
  })
  if (isDeleted) return id
  const end = trials?.running === 0 ? Math.round(trials.endedAt ?? startedAt) : null
  const status = STATUSES[end === null ? 'running' : 'finished']
  await client.call('POST', 'runs/update', { run_id: id, status, ...(end === null ? {} : { end_time: end }) })
  return id
}
