import type { Sql } from '../../db/sql.ts'
import { applyChanges } from '../../ingest/apply-change.ts'
import { readConsoles } from '../console-sources.ts'
import type { Contents } from '../contents.ts'
import type { Progress } from '../../jobs/progress.ts'
import { copyArtifact } from '../copy-artifact.ts'

/** Writes artifacts and what runs said as the store itself keeps them: the tables are the same. */
export async function writeArtifacts(
  sql: Sql,
  { consoles, artifacts, remarks }: Pick<Contents, 'consoles' | 'artifacts' | 'remarks'>,
  progress: Progress,
): Promise<void> {
  for (const { runId, lines } of readConsoles(consoles)) {
    sql.transaction(() => applyChanges(sql, [{ type: 'addConsole', runId, lines }], null))
  }
  const total = artifacts.reduce((sum, { bytes }) => sum + bytes, 0)
  let done = 0
  for (const artifact of artifacts) {
    await copyArtifact(sql, artifact, sql.transaction, (bytes) =>
      progress.report((done += bytes), total, 'bytes'),
    )
  }
  sql.transaction(() => applyChanges(sql, remarks, null))
}
