import type { JsonValue } from '../../model/json.ts'
import type { ParamChange } from '../../model/run.ts'
import { canonicalJson, valueWords } from '../experiment/run-values.ts'
import { changeWords } from '../shell/json-words.ts'

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

/** Shape: one entry a run in `values`, and in `changes`: what it was before it was set while the run ran. */
export interface DiffColumn {
  readonly key: string
  readonly values: readonly JsonValue[]
  readonly changes?: readonly (ParamChange | undefined)[]
}

/** What runs were given, key by key, compared with the first of them. */
export function diffColumns(columns: readonly DiffColumn[]): readonly DiffRow[] {
  return columns.map(({ key, values, changes = [] }) => {
    const [baseline = null] = values
    const own = canonicalJson(baseline)
    const cells = values.map((value, run) => ({
      text: value === null ? null : wordsOf(value, changes[run]),
      differs: canonicalJson(value) !== own,
    }))
    return { key, cells, isEqual: cells.every((cell) => !cell.differs) }
  })
}

function wordsOf(value: JsonValue, change: ParamChange | undefined): string {
  return change === undefined ? valueWords(value) : changeWords(change, valueWords(value))
}
