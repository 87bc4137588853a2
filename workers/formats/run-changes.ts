import type { JsonValue } from '../../src/model/json.ts'
import type { Change, RunStart } from '../../src/model/log-batch.ts'
import { birthOf } from '../../src/model/run.ts'
import type { RunId, Step } from '../../src/model/units.ts'
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
    ...Object.entries(paramChanges).flatMap(([key, change]) =>
      setParamAt(run.id, key, change.first, params[key] ?? null, change.step),
    ),
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

/** Sets a param, `known` to be something, at a step: by way of something else where it is what it was, for that is no change. */
export function setParamAt(
  runId: RunId,
  key: string,
  known: JsonValue | undefined,
  value: JsonValue,
  step: Step | null,
): Change[] {
  const set = (to: JsonValue): Change => ({ type: 'setParams', runId, params: { [key]: to }, step })
  const isSame = JSON.stringify(known) === JSON.stringify(value)
  return isSame ? [set(value === null ? 0 : null), set(value)] : [set(value)]
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
