import type { Direction } from '../../model/experiment.ts'

/** A query to start from. */
export interface SqlExample {
  readonly title: string
  readonly detail: string
  readonly sql: string
}

/** A handful of queries about one experiment and one of its metrics. */
export function sqlExamples(
  experimentId: string,
  metric: string,
  direction: Direction,
): readonly SqlExample[] {
  const experiment = quoted(experimentId)
  const key = quoted(metric)
  const [best, extreme, order] = direction === 'min' ? ['lowest', 'min', 'asc'] : ['highest', 'max', 'desc']
  return [
    {
      title: 'Best runs',
      detail: `by their ${best} ${metric}`,
      sql: `-- The runs with the ${best} ${oneLine(metric)}.
select r.name, s.${extreme}, s.last, s.count, s.last_step
from series s
join runs r on r.id = s.run_id
where r.experiment_id = ${experiment} and s.key = ${key}
order by s.${extreme} ${order}
limit 20`,
    },
    {
      title: 'Params beside results',
      detail: `what each run was given, and its last ${metric}`,
      sql: `-- Every param of every run, beside the last ${oneLine(metric)}.
select r.name as run, p.key as param, json_extract(p.value, '$') as value, s.last
from runs r
join params p on p.run_id = r.id
join series s on s.run_id = r.id and s.key = ${key}
where r.experiment_id = ${experiment}
order by s.last, p.key`,
    },
    {
      title: 'A metric over steps',
      detail: 'averaged over parts of the training; worth a chart',
      sql: `-- ${oneLine(metric)}, averaged over stretches of 100 steps.
select m.step / 100 * 100 as step, avg(m.value) as value, r.name as run
from metrics m
join runs r on r.id = m.run_id
where r.experiment_id = ${experiment} and m.key = ${key}
group by r.id, m.step / 100
order by r.name, 1`,
    },
    {
      title: 'Points logged',
      detail: 'runs and metrics with the most points',
      sql: `-- What was logged, how much and how often.
select r.name as run, s.key, s.count,
  round(s.count * 1000.0 / nullif(s.last_time - s.first_time, 0), 1) as per_second
from series s
join runs r on r.id = s.run_id
where r.experiment_id = ${experiment}
order by s.count desc`,
    },
    {
      title: 'Values that are no numbers',
      detail: 'metrics that logged NaN or an infinity',
      sql: `-- Where NaN and infinities were logged. In points a NaN is NULL.
select r.name as run, s.key, s.nan_count, s.pos_inf_count, s.neg_inf_count
from series s
join runs r on r.id = s.run_id
where r.experiment_id = ${experiment} and s.nan_count + s.pos_inf_count + s.neg_inf_count > 0
order by s.nan_count desc`,
    },
    {
      title: 'How long runs took',
      detail: 'start, end and minutes',
      sql: `-- Times are milliseconds since 1970.
select name, status, datetime(started_at / 1000, 'unixepoch', 'localtime') as started,
  round((coalesce(ended_at, unixepoch() * 1000) - started_at) / 60000, 1) as minutes
from runs
where experiment_id = ${experiment}
order by started_at desc`,
    },
  ]
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** In a comment of one line. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').slice(0, 80)
}

/** What a table looks like. */
export function firstRowsOf(table: string): string {
  return `select * from ${table} limit 100`
}
