import { TEXT } from '../../src/model/column.ts'
import { isAlertRule } from '../../src/model/alert.ts'
import { parseJson } from '../../src/model/json.ts'
import { DIRECTIONS, type Arrangement } from '../../src/model/experiment.ts'
import type { ExperimentId } from '../../src/model/units.ts'
import type { Database } from '../db/database.ts'

/** What was arranged in an experiment, views by name; nothing for one that is not there. */
export function readArrangement({ sql }: Database, experimentId: ExperimentId): Arrangement {
  return {
    views: sql.all('select name, view from views where experiment_id = ? order by name', [experimentId], {
      name: TEXT,
      view: TEXT,
    }),
    directions: Object.fromEntries(
      sql
        .all('select key, direction from directions where experiment_id = ? order by key', [experimentId], {
          key: TEXT,
          direction: TEXT,
        })
        .flatMap(({ key, direction: word }) => {
          const direction = DIRECTIONS.find((each) => each === word)
          return direction === undefined ? [] : [[key, direction] as const]
        }),
    ),
    alerts: sql
      .all('select id, rule from alerts where experiment_id = ? order by id', [experimentId], {
        id: TEXT,
        rule: TEXT,
      })
      .flatMap(({ id, rule: text }) => {
        const rule: unknown = parseJson(text)
        return isAlertRule(rule) ? [{ id, rule }] : []
      }),
  }
}
