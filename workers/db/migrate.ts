import { NUMBER } from '../../src/model/column.ts'
import firstLight from './migrations/0001-first-light.sql?raw'
import commitLog from './migrations/0002-commit-log.sql?raw'
import arrays from './migrations/0003-arrays.sql?raw'
import clientLocks from './migrations/0004-client-locks.sql?raw'
import { Damaged } from './damage.ts'
import runQueries from './migrations/0005-run-queries.sql?raw'
import workspace from './migrations/0006-workspace.sql?raw'
import mediaAndArtifacts from './migrations/0007-media-artifacts-consoles-alerts.sql?raw'
import standardDeviation from './migrations/0008-standard-deviation.sql?raw'
import host from './migrations/0009-host.sql?raw'
import realSteps from './migrations/0010-real-steps.sql?raw'
import rankedAliases from './migrations/0011-ranked-aliases.sql?raw'
import paramChanges from './migrations/0012-param-changes.sql?raw'
import type { Sql } from './sql.ts'

/** `KYMO` in ASCII: marks the file as ours. */
export const APPLICATION_ID = 0x4b594d4f

/** In order; the schema version is how many have run. */
export const MIGRATIONS: readonly string[] = [
  firstLight,
  commitLog,
  arrays,
  clientLocks,
  runQueries,
  workspace,
  mediaAndArtifacts,
  standardDeviation,
  host,
  realSteps,
  rankedAliases,
  paramChanges,
]
export const SCHEMA_VERSION = MIGRATIONS.length

/** No Kymo will ever have this schema: a version beyond it is noise. */
const ABSURD_VERSION = 10_000

/** Thrown for a database of a newer Kymo, which is left as it is. */
export class NewerSchemaError extends Error {}

/**
 * Brings a database of ours to the newest schema, in one transaction.
 *
 * Errors: throws when the file belongs to another application, and NewerSchemaError when a newer Kymo wrote it.
 */
export async function migrate(sql: Sql): Promise<void> {
  const version = checkVersion(sql)
  if (version === SCHEMA_VERSION) return
  const old = version === 1 ? await import('./migrations/take-pending.ts') : null
  const unmeasured = version > 0 && version < 8 ? await import('./migrations/fill-deviations.ts') : null
  const unordered = version > 0 && version < 10 ? await import('./migrations/fill-back-steps.ts') : null
  const untold = version >= 6 && version < 12 ? await import('./migrations/fill-param-changes.ts') : null
  runMigrations(sql, version, {
    before: () => old?.takePending(sql),
    after() {
      unmeasured?.fillDeviations(sql)
      unordered?.fillBackSteps(sql)
      untold?.fillParamChanges(sql)
    },
  })
}

/** Makes the newest schema in a file without one; false where there is another, which `migrate` brings up. Errors: as there. */
export function createSchema(sql: Sql): boolean {
  const version = checkVersion(sql)
  if (version === 0) runMigrations(sql, 0)
  return version === 0 || version === SCHEMA_VERSION
}

/** The schema of a database of ours; 0 where it has none. */
function checkVersion(sql: Sql): number {
  const version = readPragma(sql, 'user_version')
  const application = readPragma(sql, 'application_id')
  if (version < 0 || version > ABSURD_VERSION)
    throw new Damaged(sql, `The database says it has schema ${version}.`)
  if (version > SCHEMA_VERSION) {
    throw new NewerSchemaError(
      `The database has schema ${version} and this Kymo knows up to ${SCHEMA_VERSION}; reload to get the newer app.`,
    )
  }
  if (version > 0 && application !== APPLICATION_ID)
    throw new Damaged(sql, 'The database belongs to another application.')
  return version
}

interface Around {
  before(): void
  after(): void
}

function runMigrations(sql: Sql, version: number, around?: Around): void {
  sql.transaction(() => {
    // Another process may have done it meanwhile.
    if (readPragma(sql, 'user_version') !== version) return
    around?.before()
    for (const migration of MIGRATIONS.slice(version)) sql.exec(migration)
    around?.after()
    sql.exec(`pragma application_id = ${APPLICATION_ID}`)
    sql.exec(`pragma user_version = ${SCHEMA_VERSION}`)
  })
}

function readPragma(sql: Sql, name: string): number {
  return sql.value(`pragma ${name}`, [], NUMBER) ?? 0
}
