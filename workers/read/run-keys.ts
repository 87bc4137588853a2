import { INTEGER, TEXT } from '../../src/model/column.ts'
import { numericTextSql } from '../../src/model/numeric-text.ts'
import type { ExperimentId } from '../../src/model/units.ts'
import { MAX_KEY_TEXTS } from '../../src/protocol/run-query.ts'
import type { RunKey } from '../../src/protocol/run-query.ts'
import type { Database } from '../db/database.ts'
import { readLeaves, shortSql, type LeafCount } from './read-leaves.ts'

const RUNS = 'select id from runs where experiment_id = ?1 and removed_at is null'

const METRICS = `select key, count(*) as runs, count(*) as numbers, 0 as text_numbers from series
  where run_id in (${RUNS}) group by key order by key`
const PARAMS = `select key, ${shortSql('value')} as value from params where run_id in (${RUNS})`
const IS_NUMBER = `(${numericTextSql('value')}) is not null`
const TAGS = `select key, count(*) as runs, sum(${IS_NUMBER}) as numbers, sum(${IS_NUMBER}) as text_numbers
  from tags where run_id in (${RUNS}) group by key order by key`
const SUMMARIES = `select e.key as key, ${shortSql(`case when e.type = 'text' then json_quote(e.value) else e.value end`)} as value
  from runs r join json_each(case when json_valid(r.summary) then r.summary else '{}' end) e
  where r.experiment_id = ?1 and r.removed_at is null`
const TAG_TEXTS = `select key, value as text, count(*) as runs from tags where run_id in (${RUNS}) group by key, text`

const CHANGED = `select key, count(*) as runs from params where first_value is not null and run_id in (${RUNS}) group by key`

const CHANGED_ROW = { key: TEXT, runs: INTEGER } as const
const KEY_ROW = { key: TEXT, runs: INTEGER, numbers: INTEGER, textNumbers: INTEGER } as const
const TEXT_ROW = { key: TEXT, text: TEXT } as const

/**
 * What the runs of an experiment have values of: metrics, params, tags, then keys of the summary, each by name; nested ones
 * by their paths.
 *
 * Cost: a pass over the params, tags and series of the experiment.
 */
export function readKeys(database: Database, experimentId: ExperimentId): readonly RunKey[] {
  const { sql } = database
  const tagTexts = readTexts(database, TAG_TEXTS, experimentId)
  const read = (from: RunKey['from'], query: string): readonly RunKey[] =>
    sql.map(query, [experimentId], KEY_ROW, (row) =>
      toRunKey(from, { ...row, texts: (from === 'tag' ? tagTexts.get(row.key) : undefined) ?? [] }),
    )
  const changed = new Map(sql.map(CHANGED, [experimentId], CHANGED_ROW, ({ key, runs }) => [key, runs]))
  return [
    ...read('metric', METRICS),
    ...toRunKeys('param', readLeaves(sql, PARAMS, [experimentId])).map((key) => withChanges(key, changed)),
    ...read('tag', TAGS),
    ...toRunKeys('summary', readLeaves(sql, SUMMARIES, [experimentId])),
  ]
}

/** Of summaries nobody asks for the texts. */
function toRunKeys(from: 'param' | 'summary', leaves: ReadonlyMap<string, LeafCount>): readonly RunKey[] {
  return [...leaves]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, leaf]) =>
      toRunKey(from, { key, ...leaf, texts: from === 'param' ? frequentTexts(leaf) : [] }),
    )
}

function withChanges(key: RunKey, changed: ReadonlyMap<string, number>): RunKey {
  const runs = changed.get(key.key)
  return runs === undefined ? key : { ...key, changed: runs }
}

function toRunKey(
  from: RunKey['from'],
  { textNumbers, ...key }: Required<Omit<RunKey, 'from' | 'changed'>>,
): RunKey {
  return { from, ...key, ...(textNumbers === 0 ? {} : { textNumbers }) }
}

function frequentTexts({ texts }: LeafCount): readonly string[] {
  return [...texts]
    .toSorted(([a, few], [b, many]) => many - few || (a < b ? -1 : 1))
    .slice(0, MAX_KEY_TEXTS)
    .map(([text]) => text)
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
