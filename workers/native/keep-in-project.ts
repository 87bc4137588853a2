import { TEXT } from '../../src/model/column.ts'
import { nextTask } from '../../src/model/event-loop.ts'
import { ok } from '../../src/model/result.ts'
import { createId } from '../../src/model/units.ts'
import type { KeepReceipt } from '../../src/protocol/files-api.ts'
import type { Outcome } from '../../src/protocol/outcome.ts'
import type { Database } from '../db/database.ts'
import type { Notices } from '../db/notices.ts'
import { keepRuns } from '../formats/keep-file.ts'
import { processLock } from './process-lock.ts'
import type { Project } from './project.ts'

/** Takes the runs of a database into a project, each experiment into its file. Whatever interrupts it, a run is there whole or not at all. */
export async function keepInProject(
  project: Project,
  from: Database,
  notices: Notices,
): Outcome<KeepReceipt> {
  let [kept, skipped] = [0, 0]
  const experiments = from.sql.all('select id, name from experiments order by created_at', [], {
    id: TEXT,
    name: TEXT,
  })
  for (const { id, name } of experiments) {
    const { database } = project.storeForRun(createId(), name)
    const options = { experimentId: id, keeper: processLock() }
    const receipt = await keepRuns(database, from, notices, { report: nextTask }, options)
    if (!receipt.ok) return receipt
    kept += receipt.value.kept
    skipped += receipt.value.skipped
  }
  return ok({ kept, skipped })
}
