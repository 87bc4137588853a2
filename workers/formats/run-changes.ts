import type { Experiment } from '../../src/model/experiment.ts'
import type { Change } from '../../src/model/log-batch.ts'
import type { RunRecord } from './contents.ts'

/** What must be said to a store for a run to exist there as it was. */
export function runToChanges(record: RunRecord, experiment: Experiment): Change[] {
  const { run, params, tags, summary, refusals } = record
  const changes: Change[] = [
    {
      type: 'startRun',
      run: {
        id: run.id,
        experiment,
        name: run.name,
        startedAt: run.startedAt,
        params,
        tags,
        notes: run.notes,
        environment: run.environment,
        groupName: run.groupName,
        jobType: run.jobType,
        parentRunId: run.parentRunId,
        forkedAtStep: run.forkedAtStep,
        color: run.color,
      },
    },
  ]
  if (Object.keys(summary).length > 0) changes.push({ type: 'setSummary', runId: run.id, summary })
  if (refusals.length > 0) changes.push({ type: 'addRefusals', runId: run.id, refusals })
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
