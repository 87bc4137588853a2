import { TEXT, TEXT_OR_NULL } from '../../src/model/column.ts'
import { parseJsonOrText, type JsonValue } from '../../src/model/json.ts'
import { parseNumericText } from '../../src/model/numeric-text.ts'
import { leavesOf } from '../../src/model/value-paths.ts'
import type { Bindable } from '../db/statements.ts'
import type { Sql } from '../db/sql.ts'
import { MAX_JSON_BYTES } from './value-sql.ts'

/** What runs have at one path inside their params or summaries. */
export interface LeafCount {
  runs: number
  numbers: number
  /** How many of the numbers are texts. */
  textNumbers: number
  /** How many runs have each text. */
  readonly texts: Map<string, number>
}

const ENTRY = { key: TEXT, value: TEXT_OR_NULL } as const

/** A text of JSON as far as it is looked into; NULL for a longer one. */
export function shortSql(value: string): string {
  return `case when octet_length(${value}) <= ${MAX_JSON_BYTES} then ${value} end`
}

/**
 * Counts what lies in values, by path. `entries` selects `key` and `value` of every run; a value that is NULL is there and
 * not looked into.
 *
 * Cost: every value is parsed here, which takes a third of the time of asking the engine for the type of each.
 */
export function readLeaves(
  sql: Sql,
  entries: string,
  values: readonly Bindable[],
): ReadonlyMap<string, LeafCount> {
  const counts = new Map<string, LeafCount>()
  const count = (path: string, leaf: JsonValue): void => {
    let known = counts.get(path)
    if (known === undefined) {
      known = { runs: 0, numbers: 0, textNumbers: 0, texts: new Map() }
      counts.set(path, known)
    }
    addLeaf(known, leaf)
  }
  sql.each(entries, values, ENTRY, ({ key, value }) => {
    const parsed = value === null ? null : parseJsonOrText(value)
    if (typeof parsed !== 'object' || parsed === null) count(key, parsed)
    else for (const leaf of leavesOf(key, parsed)) count(leaf.path, leaf.value)
  })
  return counts
}

function addLeaf(count: LeafCount, leaf: JsonValue): void {
  count.runs += 1
  if (typeof leaf === 'number') count.numbers += 1
  if (typeof leaf !== 'string') return
  count.texts.set(leaf, (count.texts.get(leaf) ?? 0) + 1)
  if (parseNumericText(leaf) === null) return
  count.numbers += 1
  count.textNumbers += 1
}
