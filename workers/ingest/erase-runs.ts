import type { RunId } from '../../src/model/units.ts'
import { deleteUnusedBlobs } from '../db/blobs.ts'
import type { Database } from '../db/database.ts'
import { checkpoint } from './checkpoint.ts'
import { commit, undoOnFailure } from './commit.ts'

/** Rows of these tables belong to a run by its id. */
const RUN_TABLES = [
  'params',
  'tags',
  'refusals',
  'events',
  'series',
  'arrays',
  'console_lines',
  'artifact_uses',
  'artifact_policies',
] as const

/** The same of artifacts by theirs. */
const ARTIFACT_TABLES = ['artifact_files', 'artifact_aliases', 'artifact_uses'] as const

/** Of experiments. */
const EXPERIMENT_TABLES = ['views', 'directions', 'alerts', 'artifact_policies'] as const

/**
 * Deletes runs for good, points and all, in one transaction; experiments that lose their last run go with them.
 *
 * Errors: throws when the engine fails; then nothing changed.
 */
export function eraseRuns(database: Database, runIds: readonly RunId[], now: number): void {
  const { sql, points } = database
  undoOnFailure(database, () => {
    sql.begin()
    // After this every point lies in a chunk of its own series.
    checkpoint(database, now)
    const ids = JSON.stringify(runIds)
    const ofRuns = 'run_id in (select value from json_each(?))'
    points.erase(`select id from series where ${ofRuns}`, ids)
    for (const table of RUN_TABLES) sql.run(`delete from ${table} where ${ofRuns}`, ids)
    // A registered model outlives the run it came from.
    const artifacts = `select id from artifacts where ${ofRuns}
      and id not in (select artifact_id from model_versions)`
    for (const table of ARTIFACT_TABLES)
      sql.run(`delete from ${table} where artifact_id in (${artifacts})`, ids)
    sql.run(`delete from artifacts where id in (${artifacts})`, ids)
    deleteUnusedBlobs(sql)
    sql.run('delete from runs where id in (select value from json_each(?))', ids)
    sql.run('delete from experiments where id not in (select experiment_id from runs)')
    for (const table of EXPERIMENT_TABLES)
      sql.run(`delete from ${table} where experiment_id not in (select id from experiments)`)
    commit(database, now)
  })
  points.reload()
}
