import { INTEGER, selectUpTo, type RowOf, type RowSpec } from '../../../src/model/column.ts'
import { isDamage } from '../../db/damage.ts'
import type { Sql } from '../../db/sql.ts'
import type { Bindable } from '../../db/statements.ts'
import { Unreadable } from '../../jobs/errors.ts'
import { versionOf } from '../kymo-db/trust.ts'

/** Most tries that find nothing: a second's worth. Beyond, what is left between two damaged pages is given up. */
const MAX_MISSES = 20_000

const LAST_ROWID = Number.MAX_SAFE_INTEGER

const SCANNED_ROW = { scannedRow: INTEGER } as const

/** Whether a row is lost rather than salvage at fault. */
export function isLoss(cause: unknown): boolean {
  return isDamage(cause) || cause instanceof Unreadable
}

/**
 * Visits every row of a table that can be read, in no order: from both ends up to what is damaged, and between by halves.
 *
 * Answers how many rows or ranges were passed over.
 */
export function scanTable<S extends RowSpec>(
  sql: Sql,
  table: string,
  spec: S,
  visit: (row: RowOf<S>, rowId: number) => void,
): number {
  const scanned = { ...spec, ...SCANNED_ROW }
  const columns = selectUpTo(spec, versionOf(sql))
  const from = `select rowid as scanned_row, ${columns} from ${table} not indexed where rowid between ? and ? order by rowid`
  let misses = 0

  function tryRange(low: number, high: number, order: 'asc' | 'desc'): number | null {
    let last: number | null = null
    try {
      sql.each(`${from} ${order}`, [low, high], scanned, (row) => {
        const { scannedRow: rowId }: RowOf<typeof SCANNED_ROW> = row
        last = rowId
        try {
          visit(row, rowId)
        } catch (cause) {
          if (!isLoss(cause)) throw cause
          misses += 1
        }
      })
      return null
    } catch (cause) {
      if (!isLoss(cause)) throw cause
      return last ?? (order === 'asc' ? low - 1 : high + 1)
    }
  }

  const ranges: [number, number][] = [[0, LAST_ROWID]]
  for (let range = ranges.pop(); range !== undefined && misses < MAX_MISSES; range = ranges.pop()) {
    const [low, high] = range
    const below = tryRange(low, high, 'asc')
    if (below === null) continue
    const above = tryRange(below + 1, high, 'desc')
    misses += 1
    if (above === null) continue
    const [left, right] = [below + 1, above - 1]
    if (left >= right) continue
    const middle = Math.floor((left + right) / 2)
    ranges.push([middle + 1, right], [left, middle])
  }
  return misses
}

/** Visits the rows of a query from its first to what is damaged, and then from its last; `order` is what they are ordered by. */
export function scanQuery<S extends RowSpec>(
  sql: Sql,
  query: string,
  order: readonly string[],
  values: readonly Bindable[],
  spec: S,
  visit: (row: RowOf<S>) => void,
): boolean {
  let isWhole = true
  for (const direction of ['asc', 'desc'] as const) {
    try {
      sql.each(
        `${query} order by ${order.map((column) => `${column} ${direction}`).join(', ')}`,
        values,
        spec,
        (row) => {
          try {
            visit(row)
          } catch (cause) {
            if (!isLoss(cause)) throw cause
          }
        },
      )
      return isWhole
    } catch (cause) {
      if (!isLoss(cause)) throw cause
      isWhole = false
    }
  }
  return isWhole
}
