import { INTEGER, TEXT } from '../../src/model/column.ts'
import type { ExperimentId } from '../../src/model/units.ts'
import { MAX_KEY_TEXTS } from '../../src/protocol/run-query.ts'
import type { RunKey } from '../../src/protocol/run-query.ts'
import type { Database } from '../db/database.ts'

const RUNS = 'select id from runs where experiment_id = ?1 and removed_at is null'

const METRICS = `select key, count(*) as runs, count(*) as numbers from series where run_id in (${RUNS}) group by key order by key`

/** Of values that may be no JSON where another program wrote them: then they are the texts they are. */
const TYPE = `case when json_valid(value) then json_type(value) else 'other' end`
const PARAMS = `select key, count(*) as runs, sum(${TYPE} in ('integer', 'real')) as numbers from params
  where run_id in (${RUNS}) group by key order by key`
const TAGS = `select key, count(*) as runs, 0 as numbers from tags where run_id in (${RUNS}) group by key order by key`
const SUMMARIES = `select e.key as key, count(*) as runs, sum(e.type in ('integer', 'real')) as numbers from runs r
  join json_each(case when json_valid(r.summary) then r.summary else '{}' end) e
  where r.experiment_id = ?1 and r.removed_at is null group by e.key order by e.key`

const PARAM_TEXTS = `select key, case ${TYPE} when 'text' then value ->> '$' else value end as text, count(*) as runs
  from params where run_id in (${RUNS}) and ${TYPE} in ('text', 'other') group by key, text`
const TAG_TEXTS = `select key, value as text, count(*) as runs from tags where run_id in (${RUNS}) group by key, text`

const KEY_ROW = { key: TEXT, runs: INTEGER, numbers: INTEGER } as const
const TEXT_ROW = { key: TEXT, text: TEXT } as const

/**
 * What the runs of an experiment have values of: metrics, params, tags, then keys of the summary, each by name.
 *
 * Cost: a pass over the params, tags and series of the experiment.
 */
export function readKeys(database: Database, experimentId: ExperimentId): readonly RunKey[] {
  const paramTexts = readTexts(database, PARAM_TEXTS, experimentId)
  const tagTexts = readTexts(database, TAG_TEXTS, experimentId)
  const read = (
    from: RunKey['from'],
    query: string,
    texts?: ReadonlyMap<string, readonly string[]>,
  ): readonly RunKey[] =>
    database.sql.map(query, [experimentId], KEY_ROW, ({ key, runs, numbers }) => ({
      from,
      key,
      runs,
      numbers,
      texts: texts?.get(key) ?? [],
    }))
  return [
    ...read('metric', METRICS),
    ...read('param', PARAMS, paramTexts),
    ...read('tag', TAGS, tagTexts),
    ...read('summary', SUMMARIES),
  ]
}

function readTexts(
  { sql }: Database,
  query: string,
  experimentId: ExperimentId,
): ReadonlyMap<string, readonly string[]> {
  const texts = new Map<string, string[]>()
  const frequent = `select key, text from (select key, text, runs,
    row_number() over (partition by key order by runs desc, text) as place from (${query}))
    where place <= ?2 order by key, place`
  sql.each(frequent, [experimentId, MAX_KEY_TEXTS], TEXT_ROW, ({ key, text }) => {
    const known = texts.get(key)
    if (known === undefined) texts.set(key, [text])
    else known.push(text)
  })
  return texts
}
