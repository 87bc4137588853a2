import { REAL, TEXT } from '../../src/model/column.ts'
import type { BinColumns } from '../../src/protocol/runs-api.ts'
import type { Database } from '../db/database.ts'
import { forkedVersions } from './forked-versions.ts'

/** What a point takes on average, and what a run takes besides; see the measurements of `db/points`. */
const BYTES_PER_POINT = 10
const BYTES_PER_RUN = 4_096

const BIN_ROW = {
  id: TEXT,
  name: TEXT,
  experimentName: TEXT,
  removedAt: REAL,
  bytes: REAL,
  artifacts: REAL,
  needed: REAL,
} as const

const GOING = `from artifacts a where a.run_id = r.id and a.erased_at is null
    and a.id not in (select artifact_id from model_versions)`
const IS_NEEDED = `(a.id in (select u.artifact_id from artifact_uses u join runs s on s.id = u.run_id where s.removed_at is null)
    or a.id in (${forkedVersions('r.removed_at is null')}))`
const READ_BIN = `select r.id, r.name, e.name as experiment_name, r.removed_at, ${BYTES_PER_RUN}
  + ${BYTES_PER_POINT} * (select total(count) from series where run_id = r.id)
  + (select total(bytes) from arrays where run_id = r.id)
  + (select total(a.bytes) ${GOING}) as bytes,
  (select count(*) ${GOING}) as artifacts, (select count(*) ${GOING} and ${IS_NEEDED}) as needed
  from runs r join experiments e on e.id = r.experiment_id where r.removed_at is not null
  order by r.removed_at desc, r.rowid desc`

/** The removed runs, the one removed last first. */
export function readBin({ sql }: Database): BinColumns {
  const rows = sql.all(READ_BIN, [], BIN_ROW)
  return {
    id: rows.map(({ id }) => id),
    name: rows.map(({ name }) => name),
    experimentName: rows.map(({ experimentName }) => experimentName),
    removedAt: Float64Array.from(rows, ({ removedAt }) => removedAt),
    bytes: Float64Array.from(rows, ({ bytes }) => bytes),
    artifacts: Float64Array.from(rows, ({ artifacts }) => artifacts),
    needed: Float64Array.from(rows, ({ needed }) => needed),
  }
}
