import { operandsOf } from '../../src/filter/run-filter.ts'
import type { Literal, RunFilter } from '../../src/filter/run-filter.ts'
import { columnName } from '../../src/model/column.ts'
import { RUN_COLUMNS } from '../../src/model/run.ts'
import { RUN_FIELDS, type RunField } from '../../src/model/run-fields.ts'
import type { Operand, RunQuery } from '../../src/protocol/run-query.ts'
import type { Bindable } from '../db/statements.ts'
import { operandName } from './parse-run-query.ts'

/** What is asked of the database: a query whose filter is understood and holds no patterns. */
export interface ResolvedQuery extends Omit<RunQuery, 'filter'> {
  readonly filter: RunFilter | null
}

/** SQL whose every value and key is bound. */
export interface Compiled {
  readonly sql: string
  readonly values: readonly Bindable[]
}

/** An operand as SQL expressions, each NULL where the value is of another kind or missing. */
interface Expressions {
  /** True or false, also where there is null, a list or an object. */
  readonly exists: string
  readonly number: string
  readonly text: string
  /** 1 and 0. */
  readonly boolean: string
  /** True where it is JSON's null. */
  readonly isNull: string
  /** What it is sorted by. */
  readonly order: string
}

/** A field of a run as it is asked of `runs r`. */
function fieldColumn(field: RunField): string {
  const { of } = RUN_FIELDS[field]
  return of === 'duration' ? '(r.ended_at - r.started_at)' : `r.${columnName(of)}`
}

/** Whether it is compared as a text or as a number. */
export function runFieldType(field: RunField): 'text' | 'number' {
  const { of } = RUN_FIELDS[field]
  return of !== 'duration' && RUN_COLUMNS[of].sql.startsWith('text') ? 'text' : 'number'
}

/**
 * The runs of a page in one row: how many match in all, and the ids as a JSON list in order.
 *
 * Cost: one pass. What matches is kept with what it is sorted by, because a count beside a page would look at every run
 * twice. A row for each id would take twice as long, most of it to decode texts one by one.
 */
export function compilePage(query: ResolvedQuery): Compiled {
  const text = makeText()
  const where = compileWhere(text, query)
  const sorts = query.sort.map(({ by, direction }, index) => ({
    value: `${text.expressionsOf(by).order} as v${index}`,
    order: `v${index} ${direction === 'ascending' ? 'asc' : 'desc'} nulls last`,
  }))
  const kept = ['r.id as id', 'r.started_at as started_at', ...sorts.map(({ value }) => value)].join(', ')
  const order = [...sorts.map((sort) => sort.order), 'started_at desc', 'id'].join(', ')
  const page = `limit ${text.bind(query.limit)} offset ${text.bind(query.offset)}`
  return {
    sql: `with matched as materialized (select ${kept} from runs r ${text.joins()} where ${where})
      select (select count(*) from matched) as total, json_group_array(id) as run_ids
      from (select id from matched order by ${order} ${page})`,
    values: text.values,
  }
}

/** Every text an operand has among the runs of the experiments, archived ones too. */
export function compileTexts(operand: Operand, experimentIds: ResolvedQuery['experimentIds']): Compiled {
  const text = makeText()
  const { text: value } = text.expressionsOf(operand)
  const where = compileScope(text, experimentIds)
  return {
    sql: `select distinct ${value} as text from runs r ${text.joins()} where ${where} and text is not null`,
    values: text.values,
  }
}

/** The column of an operand for the runs of a JSON list of ids, in its order. */
export function compileColumn(operand: Operand, runIds: string): Compiled {
  const listed = 'from json_each(?1) j join runs r on r.id = j.value'
  const inOrder = 'order by j.key'
  switch (operand.from) {
    case 'run':
      return { sql: `select ${fieldColumn(operand.field)} ${listed} ${inOrder}`, values: [runIds] }
    case 'summary':
      return { sql: `select r.summary ${listed} ${inOrder}`, values: [runIds] }
    case 'metric': {
      const column = `s.${columnName(operand.aggregate)}`
      const join = 'left join series s on s.run_id = r.id and s.key = ?2'
      return { sql: `select ${column} ${listed} ${join} ${inOrder}`, values: [runIds, operand.key] }
    }
    case 'param':
    case 'tag': {
      const join = `left join ${operand.from}s p on p.run_id = r.id and p.key = ?2`
      return { sql: `select p.value ${listed} ${join} ${inOrder}`, values: [runIds, operand.key] }
    }
  }
}

/** Binds what it is given and joins a table once for every operand. */
interface Text {
  readonly values: Bindable[]
  bind(value: Bindable): string
  expressionsOf(operand: Operand): Expressions
  joins(): string
}

function makeText(): Text {
  const values: Bindable[] = []
  const joins: string[] = []
  const known = new Map<string, Expressions>()

  function bind(value: Bindable): string {
    values.push(value)
    return `?${values.length}`
  }

  function join(table: 'params' | 'tags' | 'series', key: string): string {
    const alias = `o${joins.length}`
    // The planner would take the unique index, which has every run on a page of its own.
    const index = table === 'tags' ? '' : `indexed by ${table}_by_key`
    joins.push(
      `left join ${table} ${alias} ${index} on ${alias}.run_id = r.id and ${alias}.key = ${bind(key)}`,
    )
    return alias
  }

  function toExpressions(operand: Operand): Expressions {
    switch (operand.from) {
      case 'run': {
        const column = fieldColumn(operand.field)
        return runFieldType(operand.field) === 'text' ? textExpressions(column) : numberExpressions(column)
      }
      case 'tag':
        return textExpressions(`${join('tags', operand.key)}.value`)
      case 'metric':
        return numberExpressions(`${join('series', operand.key)}.${columnName(operand.aggregate)}`)
      case 'param':
        return jsonExpressions(`${join('params', operand.key)}.value`)
      case 'summary':
        return jsonExpressions(summaryEntry(bind(operand.key)))
    }
  }

  return {
    values,
    bind,
    expressionsOf(operand) {
      const name = operandName(operand)
      const expressions = known.get(name) ?? toExpressions(operand)
      known.set(name, expressions)
      return expressions
    },
    joins: () => joins.join(' '),
  }
}

function textExpressions(column: string): Expressions {
  return {
    exists: `${column} is not null`,
    number: 'null',
    text: column,
    boolean: 'null',
    isNull: 'false',
    order: column,
  }
}

function numberExpressions(column: string): Expressions {
  return { ...textExpressions(column), number: column, text: 'null' }
}

/** Of a JSON text, which may be no JSON where another program wrote it; then it is the text it is. */
function jsonExpressions(value: string): Expressions {
  const type = `case when json_valid(${value}) then json_type(${value}) else 'other' end`
  const textOf = `${value} ->> '$'`
  return {
    exists: `${value} is not null`,
    number: `case when ${type} in ('integer', 'real') then cast(${value} as real) end`,
    text: `case ${type} when 'text' then ${textOf} when 'other' then ${value} end`,
    boolean: `case ${type} when 'true' then 1 when 'false' then 0 end`,
    isNull: `(${type} = 'null')`,
    order: `case ${type} when 'integer' then cast(${value} as real) when 'real' then cast(${value} as real)
      when 'text' then ${textOf} when 'true' then 1 when 'false' then 0 when 'other' then ${value} end`,
  }
}

/** The JSON text of a key of the summary; the last one where a key is there twice, as JavaScript reads it. */
function summaryEntry(key: string): string {
  return `(select case e.type when 'text' then json_quote(e.value) when 'true' then 'true' when 'false' then 'false'
    when 'null' then 'null' else e.value end
    from json_each(case when json_valid(r.summary) then r.summary else '{}' end) e
    where e.key = ${key} order by e.id desc limit 1)`
}

function compileWhere(
  text: Text,
  { experimentIds, filter }: Pick<ResolvedQuery, 'experimentIds' | 'filter'>,
): string {
  const parts = [compileScope(text, experimentIds)]
  const speaksOfArchived = filter !== null && operandsOf(filter).some(isArchived)
  if (!speaksOfArchived) parts.push('r.archived_at is null')
  if (filter !== null) parts.push(compileFilter(text, filter))
  return parts.join(' and ')
}

function compileScope(text: Text, experimentIds: ResolvedQuery['experimentIds']): string {
  if (experimentIds === null) return 'r.removed_at is null'
  const listed = `select value from json_each(${text.bind(JSON.stringify(experimentIds))})`
  return `r.removed_at is null and r.experiment_id in (${listed})`
}

function isArchived(operand: Operand): boolean {
  return operand.from === 'run' && operand.field === 'archivedAt'
}

/** Every filter is true or false, never NULL. */
function compileFilter(text: Text, filter: RunFilter): string {
  switch (filter.op) {
    case 'and':
    case 'or': {
      if (filter.filters.length === 0) return filter.op === 'and' ? 'true' : 'false'
      return `(${filter.filters.map((part) => compileFilter(text, part)).join(` ${filter.op} `)})`
    }
    case 'not':
      return `(not ${compileFilter(text, filter.filter)})`
    case 'exists':
      return `(${text.expressionsOf(filter.operand).exists})`
    case 'contains': {
      const { text: value } = text.expressionsOf(filter.operand)
      return `((instr(lower(${value}), lower(${text.bind(filter.text)})) > 0) is true)`
    }
    case 'like':
    case 'matches':
      throw new Error('A pattern is no SQL; see `findPatterns`.')
    case 'in':
      return compileIn(text, text.expressionsOf(filter.operand), filter.literals)
    case '!=': {
      const expressions = text.expressionsOf(filter.operand)
      return `(${expressions.exists} and not ${compileEquals(text, expressions, filter.literal)})`
    }
    case '=':
      return compileEquals(text, text.expressionsOf(filter.operand), filter.literal)
    default: {
      const { literal, op } = filter
      const expressions = text.expressionsOf(filter.operand)
      if (typeof literal !== 'number' && typeof literal !== 'string') return neverTrue(expressions)
      const value = typeof literal === 'number' ? expressions.number : expressions.text
      return `(((${value}) ${op} ${text.bind(literal)}) is true)`
    }
  }
}

function compileEquals(text: Text, expressions: Expressions, literal: Literal): string {
  if (literal === null) return `(${expressions.isNull} is true)`
  if (typeof literal === 'boolean') return `((${expressions.boolean}) = ${literal ? 1 : 0} is true)`
  const value = typeof literal === 'number' ? expressions.number : expressions.text
  return `(((${value}) = ${text.bind(literal)}) is true)`
}

/** Says what the operand is nonetheless: what is bound has to be used. */
function neverTrue({ exists }: Expressions): string {
  return `(${exists} and false)`
}

/** One bound list for the numbers and one for the texts, however many there are. */
function compileIn(text: Text, expressions: Expressions, literals: readonly Literal[]): string {
  const numbers = literals.filter((literal) => typeof literal === 'number')
  const texts = literals.filter((literal) => typeof literal === 'string')
  const others = [null, true, false].filter((other) => literals.includes(other))
  const finite = numbers.filter(Number.isFinite)
  const parts = [
    ...(finite.length > 0 ? [compileListed(text, expressions.number, finite)] : []),
    ...(texts.length > 0 ? [compileListed(text, expressions.text, texts)] : []),
    ...others.map((other) => compileEquals(text, expressions, other)),
    // JSON has no infinity.
    ...[Infinity, -Infinity]
      .filter((infinity) => numbers.includes(infinity))
      .map((infinity) => compileEquals(text, expressions, infinity)),
  ]
  return parts.length === 0 ? neverTrue(expressions) : `(${parts.join(' or ')})`
}

function compileListed(text: Text, value: string, literals: readonly Literal[]): string {
  return `(((${value}) in (select value from json_each(${text.bind(JSON.stringify(literals))}))) is true)`
}
