import { oneOf, REAL, STEP_OR_NULL, TEXT } from '../../../src/model/column.ts'
import { parseJsonOrText } from '../../../src/model/json.ts'
import { paramsFromEvents } from '../../../src/model/param-changes.ts'
import { EVENT_KINDS } from '../../../src/model/run.ts'
import type { Sql } from '../sql.ts'

const EVENT = { kind: oneOf(EVENT_KINDS, 'mark'), time: REAL, text: TEXT, step: STEP_OR_NULL } as const
const PARAM = { key: TEXT, value: TEXT } as const

/** Takes what was set in runs of a schema before 12, which only their events tell, into their params. */
export function fillParamChanges(sql: Sql): void {
  const runs = sql.column("select distinct run_id from events where kind = 'control'", [], TEXT)
  for (const runId of runs) {
    const events = sql.all(
      "select kind, time, text, step from events where run_id = ? and kind = 'control'",
      [runId],
      EVENT,
    )
    const pairs = sql.all('select key, value from params where run_id = ?', [runId], PARAM)
    const before = Object.fromEntries(pairs.map(({ key, value }) => [key, parseJsonOrText(value)]))
    const { params, changes } = paramsFromEvents(before, events)
    for (const [key, { first, step }] of Object.entries(changes))
      sql.run(
        'update params set value = ?, first_value = ?, changed_at_step = ? where run_id = ? and key = ?',
        JSON.stringify(params[key]),
        JSON.stringify(first),
        step,
        runId,
        key,
      )
  }
}
