import type { RunId } from '../../model/units.ts'
import type { RunColumnsByName } from '../experiment/create-run-columns.ts'
import { canonicalJson } from '../experiment/run-values.ts'

/** What runs differ in, by operand: for each run a number that is the same for the same value. Shape: one entry a run. */
type Codes = ReadonlyMap<string, Uint32Array>

/**
 * What runs can be averaged over: of the columns those that vary, without what says nothing more about runs than others do,
 * such as the dropout that was chosen by the width. Those with few values come first, so a number that is another for every
 * run does not stand for all.
 *
 * Cost: columns × runs.
 */
export function varyingKeys(columns: RunColumnsByName, runIds: readonly RunId[]): readonly string[] {
  const codes = codesOf(columns, runIds)
  const found: string[] = []
  let apart = new Uint32Array(runIds.length)
  for (const [key, own] of codes) {
    const finer = refined(apart, own)
    if (countOf(finer) === countOf(apart)) continue
    apart = finer
    found.push(key)
  }
  return found
}

/**
 * What runs are grouped by so that those of a group differ in `averaged` alone: everything else that varies, but what follows
 * from `averaged`, such as whether a seed is even. From what is another for most runs everything would follow: nothing counts as
 * following from that.
 */
export function keysWithout(
  columns: RunColumnsByName,
  runIds: readonly RunId[],
  averaged: readonly string[],
): readonly string[] {
  const codes = codesOf(columns, runIds)
  const join = (apart: Uint32Array<ArrayBuffer>, key: string): Uint32Array<ArrayBuffer> => {
    const own = codes.get(key)
    return own === undefined ? apart : refined(apart, own)
  }
  const together = averaged.reduce(join, new Uint32Array(runIds.length))
  const doesFollow = (key: string): boolean =>
    countOf(together) <= runIds.length / 2 && countOf(join(together, key)) === countOf(together)
  return varyingKeys(columns, runIds).filter((key) => !averaged.includes(key) && !doesFollow(key))
}

/** In the order they are looked at: few values first, then what is not nested in others, then the shorter name. */
function codesOf(columns: RunColumnsByName, runIds: readonly RunId[]): Codes {
  const codes = [...columns].map(([key, column]) => {
    const known = new Map<string, number>()
    const own = Uint32Array.from(runIds, (id) => codeIn(known, canonicalJson(column.get(id) ?? null)))
    return { key, own, count: known.size, depth: key.split('.').length }
  })
  const ordered = codes.toSorted(
    (a, b) =>
      a.count - b.count || a.depth - b.depth || a.key.length - b.key.length || (a.key < b.key ? -1 : 1),
  )
  return new Map(ordered.map(({ key, own }) => [key, own]))
}

/** The same number only where both are the same. */
function refined(a: Uint32Array<ArrayBuffer>, b: Uint32Array): Uint32Array<ArrayBuffer> {
  const known = new Map<string, number>()
  return a.map((code, row) => codeIn(known, `${code} ${b[row] ?? 0}`))
}

function codeIn(known: Map<string, number>, text: string): number {
  const code = known.get(text) ?? known.size
  known.set(text, code)
  return code
}

function countOf(codes: Uint32Array): number {
  return new Set(codes).size
}
