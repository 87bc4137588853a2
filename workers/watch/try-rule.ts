import type { AlertRule } from '../../src/model/alert.ts'
import { INTEGER, TEXT } from '../../src/model/column.ts'
import type { ExperimentId, RunId, Step } from '../../src/model/units.ts'
import type { TriedAlert } from '../../src/protocol/runs-api.ts'
import type { Database } from '../db/database.ts'
import { findSeriesId, readPoints } from '../read/read-points.ts'
import { foldCondition } from './fold-condition.ts'

/** Folded in some tens of milliseconds, in which nobody else is answered. */
const MOST_POINTS = 2_000_000

const LOGGED = `select r.id, r.name, s.count from runs r join series s on s.run_id = r.id
  where r.experiment_id = ? and r.removed_at is null and s.key = ? order by r.started_at desc, r.id`
const LOGGED_ROW = { id: TEXT, name: TEXT, count: INTEGER } as const

/** What a rule would have said of the runs of an experiment, the newest first, as far as there is time to look. */
export function tryRule(
  database: Database,
  experimentId: ExperimentId,
  { metric, condition }: AlertRule,
): TriedAlert {
  const logged = database.sql.all(LOGGED, [experimentId, metric], LOGGED_ROW)
  let left = MOST_POINTS
  let runs = 0
  let speaking = 0
  let first: TriedAlert['first'] = null
  for (const { id, name, count } of logged) {
    if (count > left && runs > 0) break
    left -= count
    runs += 1
    const said = firstSaid(database, id, { metric, condition })
    if (said === null) continue
    speaking += 1
    first ??= { runName: name, ...said }
  }
  return { runs, of: logged.length, speaking, first }
}

function firstSaid(
  database: Database,
  runId: RunId,
  { metric, condition }: Pick<AlertRule, 'metric' | 'condition'>,
): { readonly step: Step; readonly text: string } | null {
  const seriesId = findSeriesId(database, runId, metric)
  if (seriesId === undefined) return null
  const fold = foldCondition(metric, condition)
  for (let taken = 0; ;) {
    const { steps, values } = readPoints(database, seriesId, taken, MOST_POINTS)
    if (values.length === 0) return null
    for (let index = 0; index < values.length; index += 1) {
      const text = fold.take(values[index] ?? Number.NaN)
      if (text !== null) return { step: steps[index] ?? 0, text }
    }
    taken += values.length
  }
}
