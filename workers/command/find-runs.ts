import { TEXT } from '../../src/model/column.ts'
import { METRIC_AGGREGATES } from '../../src/model/aggregates.ts'
import { compareNatural } from '../../src/model/natural-order.ts'
import type { JsonValue } from '../../src/model/json.ts'
import type { RunId } from '../../src/model/units.ts'
import { FIELD_NAMES } from '../../src/filter/fields.ts'
import type { Operand, RunSort } from '../../src/protocol/run-query.ts'
import { MAX_RUNS_READ, STARTED } from '../../src/protocol/run-query.ts'
import type { RunDetail } from '../../src/protocol/runs-api.ts'
import { CommandError } from './command-error.ts'
import type { Source } from './sources.ts'

/** A run, and where it is. */
export interface FoundRun {
  readonly source: Source
  readonly runId: RunId
}

export interface Wanted {
  /** In the language of the filter bar; all when left out. */
  readonly filter?: string | undefined
  readonly experiment?: string | undefined
  /** `-val_acc`: descending; newest start first when left out. */
  readonly sort?: string | undefined
  readonly limit?: number | undefined
}

/** The runs that are wanted, of all sources, in order. Errors: throws what is wrong with the filter. */
export async function findRuns(sources: readonly Source[], wanted: Wanted): Promise<readonly FoundRun[]> {
  const { filter = '', experiment, limit = MAX_RUNS_READ } = wanted
  const sort = sortOf(sources, wanted.sort)
  const found: { run: FoundRun; key: JsonValue; startedAt: number }[] = []
  const problems: string[] = []
  for (const source of sources) {
    const ids = experimentIdsOf(source, experiment)
    if (ids !== null && ids.length === 0) continue
    const answer = await source.service.queryRuns({
      database: source.id,
      experimentIds: ids,
      filter,
      sort: sort === null ? [] : [sort],
      offset: 0,
      limit,
      columns: [...(sort === null ? [] : [sort.by]), STARTED],
    })
    if (!answer.ok) {
      // What no run of this database has, those of another may.
      problems.push(answer.error.message)
      continue
    }
    const { runIds, columns } = answer.value
    const keys = sort === null ? [] : (columns[0] ?? [])
    const starts = columns.at(-1) ?? []
    for (const [index, runId] of runIds.entries())
      found.push({ run: { source, runId }, key: keys[index] ?? null, startedAt: Number(starts[index]) })
  }
  const [problem] = problems
  if (problem !== undefined && problems.length === sources.length) throw new CommandError(problem, 2)
  if (
    experiment !== undefined &&
    sources.every((source) => experimentIdsOf(source, experiment)?.length === 0)
  )
    throw new CommandError(`There is no experiment called ${experiment} here.`)
  const sign = sort?.direction === 'descending' ? -1 : 1
  found.sort((a, b) => compareKeys(a.key, b.key, sign) || b.startedAt - a.startedAt)
  return found.slice(0, limit).map(({ run }) => run)
}

/** null for all. */
function experimentIdsOf({ database }: Source, experiment: string | undefined): readonly string[] | null {
  if (experiment === undefined) return null
  return database.sql.column('select id from experiments where name = ?', [experiment], TEXT)
}

/** Numbers before texts, and what has none last in either direction. */
function compareKeys(a: JsonValue, b: JsonValue, sign: number): number {
  const [of, other] = [rankOf(a), rankOf(b)]
  if (of !== other) return of - other
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
  return typeof a === 'string' && typeof b === 'string' ? sign * compareNatural(a, b) : 0
}

function rankOf(key: JsonValue): number {
  if (typeof key === 'number') return Number.isNaN(key) ? 2 : 0
  return typeof key === 'string' && key !== 'NaN' ? 1 : 2
}

function sortOf(sources: readonly Source[], text: string | undefined): RunSort | null {
  if (text === undefined || text === '') return null
  const isDescending = text.startsWith('-')
  const name = text.replace(/^[-+]/, '')
  return { by: operandOf(sources, name), direction: isDescending ? 'descending' : 'ascending' }
}

/** What a name means, as in a filter: a field of the run, else a metric, a param, a tag, a key of the summary. */
export function operandOf(sources: readonly Source[], name: string): Operand {
  const field = FIELD_NAMES.get(name)
  if (field !== undefined) return { from: 'run', field: field.field }
  if (isThere(sources, 'series', name)) return { from: 'metric', key: name, aggregate: 'last' }
  if (isThere(sources, 'params', name)) return { from: 'param', key: name }
  if (isThere(sources, 'tags', name)) return { from: 'tag', key: name }
  const [key, aggregate] = [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.') + 1)]
  const known = METRIC_AGGREGATES.find((each) => each === aggregate)
  if (known !== undefined && isThere(sources, 'series', key)) return { from: 'metric', key, aggregate: known }
  if (isThere(sources, 'params', name.split('.')[0] ?? '')) return { from: 'param', key: name }
  throw new CommandError(`No run here has ${name}: neither as a metric nor as a param, a tag or a field.`, 2)
}

function isThere(sources: readonly Source[], table: 'series' | 'params' | 'tags', key: string): boolean {
  return sources.some(({ database }) => database.sql.exists(`select 1 from ${table} where key = ?`, [key]))
}

/** The run of an id, of the beginning of one, or of a name, the newest where several have it. Errors: throws where none has. */
export function findRun(sources: readonly Source[], text: string): FoundRun {
  for (const query of [
    'select id from runs where id = ? and removed_at is null',
    'select id from runs where name = ? and removed_at is null order by started_at desc',
    "select id from runs where id like replace(replace(?, '%', ''), '_', '') || '%' and removed_at is null",
  ]) {
    const found = sources.flatMap((source) =>
      source.database.sql.column(query, [text], TEXT).map((runId) => ({ source, runId })),
    )
    const [first] = found
    if (first !== undefined) return first
  }
  throw new CommandError(`There is no run ${text}. \`kymo runs\` lists those there are.`)
}

/** All that is known of a run but its points. Errors: throws what the database answers. */
export async function readFound({ source, runId }: FoundRun): Promise<RunDetail> {
  const answer = await source.service.readRun({ database: source.id, runId })
  if (!answer.ok) throw new CommandError(answer.error.message)
  return answer.value
}
