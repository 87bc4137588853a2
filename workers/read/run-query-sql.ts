import { operandsOf } from '../../src/filter/run-filter.ts'
import type { Literal, RunFilter } from '../../src/filter/run-filter.ts'
import { placesOf } from '../../src/model/value-paths.ts'
import { columnName } from '../../src/model/column.ts'
import { RUN_COLUMNS } from '../../src/model/run.ts'
import { RUN_FIELDS, type RunField } from '../../src/model/run-fields.ts'
import type { Operand, RunQuery } from '../../src/protocol/run-query.ts'
import type { Bindable } from '../db/statements.ts'
import { operandName } from './parse-run-query.ts'
import {
  innerValue,
  jsonExpressions,
  numberExpressions,
  shown,
  SHOWN_SUMMARY,
  summaryValue,
  tagExpressions,
  textExpressions,
  type Expressions,
} from './value-sql.ts'

/** What is asked of the database: a query whose filter is understood and holds no patterns. */
export interface ResolvedQuery extends Omit<RunQuery, 'filter'> {
  readonly filter: RunFilter | null
}

/** SQL whose every value and key is bound. */
export interface Compiled {
  readonly sql: string
  readonly values: readonly Bindable[]
}

/** A field of a run as it is asked of `runs r`. */
function fieldColumn(field: RunField): string {
  const { of } = RUN_FIELDS[field]
  return of === 'duration' ? '(r.ended_at - r.started_at)' : `r.${columnName(of)}`
}

/** A param as it is now, or before it was set while the run ran. `of`: its table and a dot. */
function paramValue(of: string, at: 'first' | undefined): string {
  return at === undefined ? `${of}value` : `coalesce(${of}first_value, ${of}value)`
}

/** Whether it is compared as a text or as a number. */
export function runFieldType(field: RunField): 'text' | 'number' {
  const { of } = RUN_FIELDS[field]
  return of !== 'duration' && RUN_COLUMNS[of].sql.startsWith('text') ? 'text' : 'number'
}

/** By sort, where it is one of texts with numbers in them: the texts in natural order. */
export type TextOrders = readonly (readonly string[] | null)[]

/**
 * The runs of a page in one row: how many match in all, and the ids as a JSON list in order.
 *
 * Cost: one pass. What matches is kept with what it is sorted by, because a count beside a page would look at every run
 * twice. A row for each id would take twice as long, most of it to decode texts one by one.
 */
export function compilePage(query: ResolvedQuery, textOrders: TextOrders): Compiled {
  const text = makeText()
  const where = compileWhere(text, query)
  const sorts = query.sort.map(({ by, direction }, index) => ({
    value: `${compileOrder(text, by, textOrders[index] ?? null)} as v${index}`,
    order: `v${index} ${direction === 'ascending' ? 'asc' : 'desc'} nulls last`,
  }))
  const kept = ['r.id as id', 'r.started_at as started_at', ...sorts.map(({ value }) => value)].join(', ')
  const order = [...sorts.map((sort) => sort.order), 'started_at desc', 'id'].join(', ')
  const page = `limit ${text.bind(query.limit)} offset ${text.bind(query.offset)}`
  return {
    sql: `with ${text.tables()}matched as materialized (select ${kept} from runs r ${text.joins()} where ${where})
      select (select count(*) from matched) as total, json_group_array(id) as run_ids
      from (select id from matched order by ${order} ${page})`,
    values: text.values,
  }
}

/** What an operand is sorted by; texts by their place in `texts` where there are some. */
function compileOrder(text: Text, by: Operand, texts: readonly string[] | null): string {
  const { order, text: value } = text.expressionsOf(by)
  if (texts === null) return order
  const listed = `select value as text, printf('%08d', key) as place from json_each(${text.bind(JSON.stringify(texts))})`
  const alias = text.joinTable(listed, (name) => `${name}.text = ${value}`)
  // Numbers come before texts still.
  return `case when typeof(${order}) = 'text' then ${alias}.place else ${order} end`
}

function withTables(text: Text): string {
  const tables = text.tables()
  return tables === '' ? '' : `with ${tables.slice(0, -2)} `
}

/** Every text an operand has among the runs of the experiments, archived ones too. */
export function compileTexts(operand: Operand, experimentIds: ResolvedQuery['experimentIds']): Compiled {
  const text = makeText()
  const { text: value } = text.expressionsOf(operand)
  const where = compileScope(text, experimentIds)
  return {
    sql: `${withTables(text)}select distinct ${value} as text from runs r ${text.joins()} where ${where} and text is not null`,
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
      return { sql: `select ${SHOWN_SUMMARY} ${listed} ${inOrder}`, values: [runIds, operand.key] }
    case 'metric': {
      const column = `s.${columnName(operand.aggregate)}`
      const join = 'left join series s on s.run_id = r.id and s.key = ?2'
      return { sql: `select ${column} ${listed} ${join} ${inOrder}`, values: [runIds, operand.key] }
    }
    case 'tag': {
      const join = 'left join tags p on p.run_id = r.id and p.key = ?2'
      return { sql: `select ${shown('p.value')} ${listed} ${join} ${inOrder}`, values: [runIds, operand.key] }
    }
    case 'param': {
      const places = placesOf(operand.key)
      const own = shown(paramValue('p.', operand.at))
      const join = 'left join params p on p.run_id = r.id and p.key = ?2'
      const inside = places.map(
        (_, index) =>
          `(select ${shown(innerValue(paramValue('q.', operand.at), `?${2 * index + 4}`))} from params q where q.run_id = r.id and q.key = ?${2 * index + 3})`,
      )
      const value = inside.length === 0 ? own : `coalesce(${[own, ...inside].join(', ')})`
      return {
        sql: `select ${value} ${listed} ${join} ${inOrder}`,
        values: [runIds, operand.key, ...places.flatMap(({ key, path }) => [key, path])],
      }
    }
  }
}

/** Binds what it is given and joins a table once for every operand. */
interface Text {
  readonly values: Bindable[]
  bind(value: Bindable): string
  expressionsOf(operand: Operand): Expressions
  /** Joins a select of its own, computed once; `on` is told what it is called. */
  joinTable(select: string, on: (name: string) => string): string
  /** The selects that are joined, each with a comma behind it, for the `with` in front. */
  tables(): string
  joins(): string
}

function makeText(): Text {
  const values: Bindable[] = []
  const joins: string[] = []
  const tables: string[] = []
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

  function joinTable(select: string, on: (name: string) => string): string {
    const name = `o${joins.length}`
    tables.push(`${name} as materialized (${select})`)
    joins.push(`left join ${name} on ${on(name)}`)
    return name
  }

  /** A param by its name, or what lies at that path of another one: looked up once for all runs. */
  function joinParam(key: string, value: string): string {
    const places = placesOf(key)
    const named = 'from params indexed by params_by_key where key ='
    const arms = [
      `select run_id, ${value} as value, 0 as place ${named} ${bind(key)}`,
      ...places.map(
        (place, index) =>
          `select run_id, ${innerValue(value, bind(place.path))}, ${index + 1} ${named} ${bind(place.key)}`,
      ),
    ]
    const first = `select run_id, value, min(place) from (${arms.join(' union all ')}) where value is not null group by run_id`
    return joinTable(first, (name) => `${name}.run_id = r.id`)
  }

  function toExpressions(operand: Operand): Expressions {
    switch (operand.from) {
      case 'run': {
        const column = fieldColumn(operand.field)
        return runFieldType(operand.field) === 'text' ? textExpressions(column) : numberExpressions(column)
      }
      case 'tag':
        return tagExpressions(`${join('tags', operand.key)}.value`)
      case 'metric':
        return numberExpressions(`${join('series', operand.key)}.${columnName(operand.aggregate)}`)
      case 'param': {
        const value = paramValue('', operand.at)
        if (placesOf(operand.key).length > 0) return jsonExpressions(`${joinParam(operand.key, value)}.value`)
        return jsonExpressions(paramValue(`${join('params', operand.key)}.`, operand.at))
      }
      case 'summary':
        return jsonExpressions(summaryValue(bind, operand.key))
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
    joinTable,
    tables: () => tables.map((table) => `${table}, `).join(''),
    joins: () => joins.join(' '),
  }
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
