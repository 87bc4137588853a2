import type { PointColumns, SectionColumns } from '../../src/model/log-batch.ts'
import { joinColumns, NO_POINTS } from '../../src/model/log-batch.ts'
import { artifactsToParts } from './artifact-parts.ts'
import { readConsoles } from './console-sources.ts'
import { arraysToParts, countArrayBytes } from './array-parts.ts'
import { countPoints, readSlices, type Contents, type Part } from './contents.ts'
import type { Progress } from '../jobs/progress.ts'
import { arrangementToChanges, runToChanges } from './run-changes.ts'

/**
 * Contents as the parts a store takes in, so that one database can be copied into another.
 *
 * A run that was running where it comes from is killed where it goes: nobody logs it there.
 */
export async function* contentsToParts(contents: Contents, progress: Progress): AsyncGenerator<Part> {
  const experiments = new Map(contents.experiments.map((experiment) => [experiment.id, experiment]))
  const lastTimes = new Map<string, number>()
  for (const { summary } of contents.series) {
    lastTimes.set(summary.runId, Math.max(summary.lastTime, lastTimes.get(summary.runId) ?? summary.lastTime))
  }
  for (const record of contents.runs) {
    const { run } = record
    const experiment = experiments.get(run.experimentId)
    if (experiment === undefined) throw new Error(`Run ${run.id} is of no experiment.`)
    const endedAt = lastTimes.get(run.id) ?? run.startedAt
    const ended =
      run.status === 'running' ? { ...record, run: { ...run, status: 'killed', endedAt } as const } : record
    yield { changes: runToChanges(ended, experiment), points: NO_POINTS }
  }
  const arranged = contents.experiments.flatMap(arrangementToChanges)
  if (arranged.length > 0) yield { changes: arranged, points: NO_POINTS }
  const total = countPoints(contents.series)
  let done = 0
  for (const source of contents.series) {
    const { runId, key } = source.summary
    for (const slice of readSlices(source)) {
      yield { changes: [], points: toColumns(runId, key, slice) }
      done += slice.steps.length
      await progress.report(done, total, 'points')
    }
  }
  yield* arraysToParts(contents.arrays, countArrayBytes(contents.arrays), progress)
  for (const { lines, runId } of readConsoles(contents.consoles)) {
    yield { changes: [{ type: 'addConsole', runId, lines }], points: NO_POINTS }
  }
  yield* artifactsToParts(contents)
}

function toColumns(runId: string, key: string, { steps, values, times }: SectionColumns): PointColumns {
  return {
    sections: [{ runId, key, count: steps.length }],
    columns: joinColumns([steps, values, times]),
  }
}
