import { STEP_OR_NULL, TEXT, TEXT_OR_NULL } from '../../src/model/column.ts'
import { parseJsonOrText } from '../../src/model/json.ts'
import type { ParamChange, ParamChanges } from '../../src/model/run.ts'
import type { RunId } from '../../src/model/units.ts'
import type { Sql } from '../db/sql.ts'

const CHANGED = {
  runId: TEXT,
  key: TEXT,
  firstValue: TEXT_OR_NULL,
  changedAtStep: STEP_OR_NULL,
} as const

/** What was set in some runs while they ran, by run. Cost: a look at an index of those runs alone. */
export function readParamChanges(sql: Sql, runIds: readonly RunId[]): ReadonlyMap<RunId, ParamChanges> {
  const changes = new Map<RunId, Record<string, ParamChange>>()
  const query = `select run_id, key, first_value, changed_at_step from params
    where first_value is not null and run_id in (select value from json_each(?))`
  sql.each(query, [JSON.stringify(runIds)], CHANGED, ({ runId, key, firstValue, changedAtStep }) => {
    const known = changes.get(runId) ?? {}
    known[key] = { first: parseJsonOrText(firstValue ?? ''), step: changedAtStep }
    changes.set(runId, known)
  })
  return changes
}
