import { TEXT } from '../../src/model/column.ts'
import { makePatternTest, patternProblem } from '../../src/filter/patterns.ts'
import { parseFilter } from '../../src/filter/parse.ts'
import { resolveFilter } from '../../src/filter/resolve.ts'
import { operandsOf } from '../../src/filter/run-filter.ts'
import type { RunFilter } from '../../src/filter/run-filter.ts'
import type { FilterProblem } from '../../src/filter/syntax.ts'
import { err, ok } from '../../src/model/result.ts'
import type { Result } from '../../src/model/result.ts'
import { MAX_OPERANDS } from '../../src/protocol/run-query.ts'
import type { RunQuery } from '../../src/protocol/run-query.ts'
import { trackerError } from '../../src/protocol/tracker-error.ts'
import type { TrackerError } from '../../src/protocol/tracker-error.ts'
import type { Database } from '../db/database.ts'
import { makeKnownNames } from './known-names.ts'
import { operandName } from './parse-run-query.ts'
import { compileTexts } from './run-query-sql.ts'
import type { ResolvedQuery } from './run-query-sql.ts'

type Asked = Pick<RunQuery, 'filter' | 'experimentIds'>

/** A query whose filter is understood. Errors: `filter-wrong` with its place, `query-malformed`. */
export function resolveQuery(
  database: Database,
  query: RunQuery,
  now: number,
): Result<ResolvedQuery, TrackerError> {
  const filter = resolveRunFilter(database, query, now)
  if (!filter.ok) return filter
  const operands = [
    ...(filter.value === null ? [] : operandsOf(filter.value)),
    ...query.sort.map(({ by }) => by),
  ]
  if (new Set(operands.map(operandName)).size > MAX_OPERANDS)
    return err(
      trackerError(
        'query-malformed',
        `These runs cannot be looked for: filter and order name more than ${MAX_OPERANDS} different things.`,
      ),
    )
  return ok({ ...query, filter: filter.value })
}

/** What a filter means for the runs of some experiments; null for all of them. Errors: `filter-wrong`. */
export function resolveRunFilter(
  database: Database,
  { filter, experimentIds }: Asked,
  now: number,
): Result<RunFilter | null, TrackerError> {
  const parsed = parseFilter(filter)
  if (!parsed.ok) return err(wrongFilter(parsed.error))
  if (parsed.value === null) return ok(null)
  const known = { ...makeKnownNames(database, experimentIds), patternProblem }
  const resolved = resolveFilter(parsed.value, known, now)
  if (!resolved.ok) return err(wrongFilter(resolved.error))
  return ok(findPatterns(database, resolved.value, experimentIds))
}

function wrongFilter({ message, from, to, fix }: FilterProblem): TrackerError {
  return { ...trackerError('filter-wrong', message), at: { from, to, fix } }
}

/**
 * Every pattern as the list of the texts that fit it.
 *
 * Cost: reads the different texts there are; the engine's own LIKE takes exponential time for some patterns.
 */
function findPatterns(
  database: Database,
  filter: RunFilter,
  experimentIds: Asked['experimentIds'],
): RunFilter {
  switch (filter.op) {
    case 'and':
    case 'or':
      return {
        op: filter.op,
        filters: filter.filters.map((part) => findPatterns(database, part, experimentIds)),
      }
    case 'not':
      return { op: 'not', filter: findPatterns(database, filter.filter, experimentIds) }
    case 'like':
    case 'matches': {
      const { operand } = filter
      const fits = makePatternTest(filter.op, filter.text)
      const { sql, values } = compileTexts(operand, experimentIds)
      const literals = database.sql.column(sql, values, TEXT).filter(fits)
      return { op: 'in', operand, literals }
    }
    default:
      return filter
  }
}
