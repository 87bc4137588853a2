import { ok } from '../../src/model/result.ts'
import { createId, type ExperimentId } from '../../src/model/units.ts'
import type { KeepReceipt } from '../../src/protocol/files-api.ts'
import type { Outcome } from '../../src/protocol/outcome.ts'
import type { Database } from '../db/database.ts'
import type { Notices } from '../db/notices.ts'
import { applyChanges } from '../ingest/apply-change.ts'
import { commit } from '../ingest/commit.ts'
import { isRunKnown } from '../ingest/run-start.ts'
import { readArrangement } from '../read/arrangement.ts'
import type { Contents } from './contents.ts'
import type { Progress } from '../jobs/progress.ts'
import { contentsToParts } from './contents-parts.ts'
import { openContents } from './database-contents.ts'
import { beginKeeping, endKeeping, eraseHalfKept } from './keeping.ts'
import { takeIn } from './take-in.ts'

interface KeepOptions {
  readonly experimentId?: ExperimentId | null
  /** Of `beginKeeping`. */
  readonly keeper?: string
}

/**
 * Copies the runs that are not there yet, of one experiment or of all, and brings back those that were removed. Whatever interrupts it, a run is
 * there as a whole or not at all.
 */
export async function keepRuns(
  own: Database,
  from: Database,
  notices: Notices,
  progress: Progress,
  { experimentId = null, keeper = '' }: KeepOptions = {},
): Outcome<KeepReceipt> {
  const all = openContents(from, { experimentId, runIds: null })
  const contents = withoutKnownArrangement(
    own,
    onlyRuns(all, (runId) => !isRunKnown(own.sql, runId)),
  )
  const kept = contents.runs.map(({ run }) => run.id)
  const known = all.runs.map(({ run }) => run.id).filter((runId) => isRunKnown(own.sql, runId))
  beginKeeping(own, kept, keeper)
  try {
    await takeIn(own, `keep-${createId()}`, contentsToParts(contents, progress), progress)
    endKeeping(own)
    own.sql.transaction(() => applyChanges(own.sql, [{ type: 'restoreRuns', runIds: known }], null))
    commit(own, Date.now())
  } catch (cause) {
    eraseHalfKept(own)
    throw cause
  } finally {
    notices.runsChanged(own.id, [...kept, ...known])
  }
  return ok({ kept: kept.length, skipped: known.length })
}

function onlyRuns(contents: Contents, wanted: (runId: string) => boolean): Contents {
  const runs = contents.runs.filter(({ run }) => wanted(run.id))
  const ids = new Set(runs.map(({ run }) => run.id))
  return {
    experiments: contents.experiments,
    runs,
    series: contents.series.filter(({ summary }) => ids.has(summary.runId)),
    arrays: contents.arrays.filter(({ runId }) => ids.has(runId)),
    consoles: contents.consoles.filter(({ runId }) => ids.has(runId)),
    artifacts: contents.artifacts.filter(({ runId }) => ids.has(runId)),
    remarks: contents.remarks,
  }
}

/** What is arranged here already stays as it is. */
function withoutKnownArrangement(own: Database, contents: Contents): Contents {
  return {
    ...contents,
    experiments: contents.experiments.map((experiment) => {
      const known = readArrangement(own, experiment.id)
      const alerts = new Set(known.alerts.map(({ id }) => id))
      const names = new Set(known.views.map(({ name }) => name))
      return {
        ...experiment,
        views: experiment.views.filter(({ name }) => !names.has(name)),
        directions: { ...experiment.directions, ...known.directions },
        alerts: experiment.alerts.filter(({ id }) => !alerts.has(id)),
      }
    }),
  }
}
