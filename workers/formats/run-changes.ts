import type { Change, RunStart } from '../../src/model/log-batch.ts'
import { birthOf } from '../../src/model/run.ts'
import type { ExperimentRecord, RunRecord } from './contents.ts'
import { Unreadable } from '../jobs/errors.ts'

/** What must be said to a store for a run to exist there as it was. */
export function runToChanges(record: RunRecord, experiment: RunStart['experiment']): Change[] {
  const { run, params, paramChanges, tags, summary, refusals, events } = record
  const first = Object.entries(paramChanges).map(([key, change]) => [key, change.first] as const)
  const changes: Change[] = [
    {
      type: 'startRun',
      run: { ...birthOf(run), experiment, params: { ...params, ...Object.fromEntries(first) }, tags },
    },
    ...Object.entries(paramChanges).map(([key, { step }]) => {
      const set = { [key]: params[key] ?? null }
      return { type: 'setParams', runId: run.id, params: set, step } as const
    }),
  ]
  if (Object.keys(summary).length > 0) changes.push({ type: 'setSummary', runId: run.id, summary })
  if (refusals.length > 0) changes.push({ type: 'addRefusals', runId: run.id, refusals })
  if (events.length > 0) changes.push({ type: 'addEvents', runId: run.id, events })
  if (run.archivedAt !== null)
    changes.push({ type: 'archiveRuns', runIds: [run.id], archivedAt: run.archivedAt })
  if (run.status !== 'running') {
    changes.push({
      type: 'endRun',
      runId: run.id,
      status: run.status,
      endedAt: run.endedAt ?? run.startedAt,
    })
  }
  return changes
}

/** The same for all runs of a file. Errors: throws `Unreadable` for a run whose experiment is not in it. */
export function runsToChanges(
  experiments: readonly ExperimentRecord[],
  runs: readonly RunRecord[],
): Change[] {
  const byId = new Map(experiments.map((experiment) => [experiment.id, experiment]))
  const started = runs.flatMap((record) => {
    const experiment = byId.get(record.run.experimentId)
    if (experiment === undefined) throw new Unreadable('file-corrupt', 'it holds a run of no experiment')
    return runToChanges(record, experiment)
  })
  return [...started, ...experiments.flatMap(arrangementToChanges)]
}

/** What must be said for an experiment that is there to be arranged as it was. */
export function arrangementToChanges({ id, views, directions, alerts }: ExperimentRecord): Change[] {
  return [
    ...views.map(({ name, view }) => ({ type: 'saveView', experimentId: id, name, view }) as const),
    ...Object.entries(directions).map(
      ([key, direction]) => ({ type: 'setDirection', experimentId: id, key, direction }) as const,
    ),
    ...alerts.map((alert) => ({ type: 'setAlert', experimentId: id, ...alert }) as const),
  ]
}
