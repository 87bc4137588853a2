import { oneOf } from '../../src/model/column.ts'
import { REFUSAL_REASONS, type Refusal } from '../../src/model/log-batch.ts'
import type { RunId } from '../../src/model/units.ts'
import { TABLES } from '../../src/protocol/public-schema.ts'
import { MAX_REFUSAL_RUNS } from '../../src/protocol/runs-api.ts'
import type { Database } from '../db/database.ts'
import type { Sql } from '../db/sql.ts'

const { runId: _refused, ...COLUMNS } = TABLES.refusals
const REFUSAL_ROW = { ...COLUMNS, reason: oneOf(REFUSAL_REASONS, 'value-not-a-number') } as const

export function readRunRefusals(sql: Sql, runId: RunId): readonly Refusal[] {
  return sql.all(
    'select key, reason, count, example from refusals where run_id = ? order by key, reason',
    [runId],
    REFUSAL_ROW,
  )
}

const READ_MERGED = `select f.key, f.reason, sum(f.count) as count, max(f.example) as example from refusals f
  join runs r on r.id = f.run_id where r.removed_at is null and f.run_id in (select value from json_each(?1))
  group by f.key, f.reason order by count desc, f.key, f.reason`

/** Of several runs together. */
export function readRefusals({ sql }: Database, runIds: readonly RunId[]): readonly Refusal[] {
  return sql.all(READ_MERGED, [JSON.stringify(runIds.slice(0, MAX_REFUSAL_RUNS))], REFUSAL_ROW)
}
