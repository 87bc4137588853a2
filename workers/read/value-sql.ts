import { numericTextSql } from '../../src/model/numeric-text.ts'
import { placesOf } from '../../src/model/value-paths.ts'
import type { Bindable } from '../db/statements.ts'

/** An operand as SQL expressions, each NULL where the value is of another kind or missing. */
export interface Expressions {
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

/** What is longer is not looked into: no filter is about it, and it would be read again for every run. Unit: bytes. */
export const MAX_JSON_BYTES = 131_072

/** What is longer is not read for a list: nobody reads it in a cell. Unit: bytes. */
const MAX_SHOWN_BYTES = 4_096

/** A text, or its ends with how much is between them: two that differ mostly look different. */
export function shown(value: string): string {
  return `case when octet_length(${value}) > ${MAX_SHOWN_BYTES} then substr(${value}, 1, 300) || '… [cut: '
    || (length(${value}) - 400) || ' characters] …' || substr(${value}, -100) else ${value} end`
}

/** A summary; of one that is too long the asked key alone. */
export const SHOWN_SUMMARY = `case when octet_length(r.summary) <= ${MAX_JSON_BYTES} then r.summary
  when json_valid(r.summary) then (select json_object(e.key, ${shown('e.value')}) from json_each(r.summary) e where e.key = ?2) end`

export function textExpressions(column: string): Expressions {
  return {
    exists: `${column} is not null`,
    number: 'null',
    text: column,
    boolean: 'null',
    isNull: 'false',
    order: column,
  }
}

export function numberExpressions(column: string): Expressions {
  return { ...textExpressions(column), number: column, text: 'null' }
}

/** Tags are texts; those that are numbers are compared and sorted as such too. */
export function tagExpressions(column: string): Expressions {
  const number = numericTextSql(column)
  return { ...textExpressions(column), number, order: `coalesce(${number}, ${column})` }
}

/** What lies at a path of a JSON text; NULL where that is no JSON, or too long. */
export function innerValue(value: string, path: string): string {
  return `case when octet_length(${value}) <= ${MAX_JSON_BYTES} and json_valid(${value}) then ${value} -> ${path} end`
}

/** Of a JSON text, which may be no JSON where another program wrote it; then it is the text it is. */
export function jsonExpressions(value: string): Expressions {
  const type = `case when octet_length(${value}) > ${MAX_JSON_BYTES} then 'long'
    when json_valid(${value}) then json_type(${value}) else 'other' end`
  const textOf = `${value} ->> '$'`
  const number = `case ${type} when 'integer' then cast(${value} as real) when 'real' then cast(${value} as real)
    when 'text' then ${numericTextSql(`(${textOf})`)} end`
  return {
    exists: `${value} is not null`,
    number,
    text: `case ${type} when 'text' then ${textOf} when 'other' then ${value} end`,
    boolean: `case ${type} when 'true' then 1 when 'false' then 0 end`,
    isNull: `(${type} = 'null')`,
    order: `case ${type} when 'integer' then cast(${value} as real) when 'real' then cast(${value} as real)
      when 'text' then coalesce(${numericTextSql(`(${textOf})`)}, ${textOf})
      when 'true' then 1 when 'false' then 0 when 'other' then ${value} end`,
  }
}

/** A key of the summary, or what lies at that path of it. */
export function summaryValue(bind: (value: Bindable) => string, key: string): string {
  const inside = placesOf(key).map((place) =>
    innerValue(`(${summaryEntry(bind(place.key))})`, bind(place.path)),
  )
  return inside.length === 0
    ? summaryEntry(bind(key))
    : `coalesce(${[summaryEntry(bind(key)), ...inside].join(', ')})`
}

/** The JSON text of a key of the summary; the last one where a key is there twice, as JavaScript reads it. */
function summaryEntry(key: string): string {
  return `(select case e.type when 'text' then json_quote(e.value) when 'true' then 'true' when 'false' then 'false'
    when 'null' then 'null' else e.value end
    from json_each(case when json_valid(r.summary) then r.summary else '{}' end) e
    where e.key = ${key} order by e.id desc limit 1)`
}
