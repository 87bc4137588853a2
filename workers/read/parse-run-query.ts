import { err, ok } from '../../src/model/result.ts'
import type { Result } from '../../src/model/result.ts'
import { RUN_FIELD_NAMES } from '../../src/model/run-fields.ts'
import { METRIC_AGGREGATES } from '../../src/model/aggregates.ts'
import {
  MAX_COLUMNS,
  MAX_EXPERIMENTS,
  MAX_QUERY_TEXT,
  MAX_RUNS_READ,
  MAX_SORTS,
} from '../../src/protocol/run-query.ts'
import type { CellsRequest, Operand, RunQuery, RunSort } from '../../src/protocol/run-query.ts'
import { trackerError } from '../../src/protocol/tracker-error.ts'
import type { TrackerError } from '../../src/protocol/tracker-error.ts'

/** Thrown by the parsers below and caught in `parseRunQuery`. */
class WrongQuery extends Error {}

/** Makes a query of whatever another thread sent. Errors: `query-malformed`. */
export function parseRunQuery(value: unknown): Result<RunQuery, TrackerError> {
  return parsed(() => toQuery(value))
}

/** Makes a request for cells of whatever another thread sent. Errors: `query-malformed`. */
export function parseCellsRequest(value: unknown): Result<CellsRequest, TrackerError> {
  return parsed(() => ({
    database: toText(field(value, 'database'), 'the database'),
    runIds: toList(field(value, 'runIds'), MAX_RUNS_READ, 'runs').map((id) => toText(id, 'a run')),
    columns: toList(field(value, 'columns'), MAX_COLUMNS, 'columns').map(toOperand),
  }))
}

function parsed<T>(parse: () => T): Result<T, TrackerError> {
  try {
    return ok(parse())
  } catch (cause) {
    if (!(cause instanceof WrongQuery)) throw cause
    return err(trackerError('query-malformed', `These runs cannot be looked for: ${cause.message}.`))
  }
}

/** What names an operand: equal for equal ones. */
export function operandName(operand: Operand): string {
  if (operand.from === 'run') return `run ${operand.field}`
  if (operand.from === 'param' && operand.at !== undefined) return `param at first ${operand.key}`
  return operand.from === 'metric'
    ? `metric ${operand.aggregate} ${operand.key}`
    : `${operand.from} ${operand.key}`
}

function toQuery(value: unknown): RunQuery {
  const experimentIds = field(value, 'experimentIds')
  return {
    database: toText(field(value, 'database'), 'the database'),
    experimentIds:
      experimentIds === null
        ? null
        : toList(experimentIds, MAX_EXPERIMENTS, 'experiments').map((id) => toText(id, 'an experiment')),
    filter: toText(field(value, 'filter'), 'the filter'),
    sort: toList(field(value, 'sort'), MAX_SORTS, 'sorts').map(toSort),
    offset: toCount(field(value, 'offset'), Number.MAX_SAFE_INTEGER, 'the offset'),
    limit: toCount(field(value, 'limit'), MAX_RUNS_READ, 'the limit'),
    columns: toList(field(value, 'columns'), MAX_COLUMNS, 'columns').map(toOperand),
  }
}

function toSort(value: unknown): RunSort {
  return {
    by: toOperand(field(value, 'by')),
    direction: oneOf(field(value, 'direction'), ['ascending', 'descending'] as const, 'direction'),
  }
}

function toOperand(value: unknown): Operand {
  const from = oneOf(field(value, 'from'), ['run', 'param', 'tag', 'summary', 'metric'] as const, 'operand')
  if (from === 'run') return { from, field: oneOf(field(value, 'field'), RUN_FIELD_NAMES, 'field') }
  const key = toText(field(value, 'key'), 'a key')
  if (from === 'param') return toParam(key, field(value, 'at'))
  if (from !== 'metric') return { from, key }
  return { from, key, aggregate: oneOf(field(value, 'aggregate'), METRIC_AGGREGATES, 'aggregate') }
}

function toParam(key: string, at: unknown): Operand {
  return at === undefined
    ? { from: 'param', key }
    : { from: 'param', key, at: oneOf(at, ['first'] as const, 'time') }
}

function toText(value: unknown, what: string): string {
  if (typeof value === 'string' && value.length <= MAX_QUERY_TEXT) return value
  throw new WrongQuery(typeof value === 'string' ? `${what} is too long` : `${what} is no text`)
}

function toCount(value: unknown, most: number, what: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most) return value
  throw new WrongQuery(`${what} is no whole number from 0 to ${most}`)
}

function toList(value: unknown, most: number, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new WrongQuery(`the ${what} are no list`)
  if (value.length > most) throw new WrongQuery(`there are more than ${most} ${what}`)
  return Array.from(value)
}

function oneOf<T extends string>(value: unknown, known: readonly T[], what: string): T {
  const found = known.find((each) => each === value)
  if (found === undefined) throw new WrongQuery(`there is no such ${what}`)
  return found
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) throw new WrongQuery('a part of the query is no object')
  return Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
}
