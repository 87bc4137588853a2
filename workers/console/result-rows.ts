import type { SqlKind } from '../../src/model/sql-kind.ts'
import type { SqlColumn } from '../../src/protocol/sql-api.ts'

/** What of a result is known before its rows are written. */
export interface ResultShape {
  readonly names: readonly string[]
  /** Of all rows. */
  readonly kinds: readonly SqlKind[]
}

/** Rows of a result, some at a time. */
export type RowPages = Iterable<readonly SqlColumn[]>

/** Names that differ: the second `value` is `value_2`. */
export function uniqueNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    let unique = name
    for (let count = 2; taken.has(unique); count += 1) unique = `${name}_${count}`
    taken.add(unique)
    return unique
  })
}

export function bytesToHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
