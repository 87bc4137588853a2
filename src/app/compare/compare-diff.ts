import type { JsonValue } from '../../model/json.ts'
import { canonicalJson, valueWords } from '../experiment/run-values.ts'

/** One key of the runs that are compared. Shape: one cell a run, the baseline first. */
export interface DiffRow {
  readonly key: string
  readonly cells: readonly DiffCell[]
  /** Whether every run has exactly the same there. */
  readonly isEqual: boolean
}

export interface DiffCell {
  /** null where the run has none. */
  readonly text: string | null
  readonly differs: boolean
}

/** What runs were given, key by key, compared with the first of them. */
export function diffColumns(
  columns: readonly { readonly key: string; readonly values: readonly JsonValue[] }[],
): readonly DiffRow[] {
  return columns.map(({ key, values }) => {
    const [baseline = null] = values
    const own = canonicalJson(baseline)
    const cells = values.map((value) => ({
      text: value === null ? null : valueWords(value),
      differs: canonicalJson(value) !== own,
    }))
    return { key, cells, isEqual: cells.every((cell) => !cell.differs) }
  })
}
