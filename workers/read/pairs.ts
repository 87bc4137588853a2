import type { Database } from '../db/database.ts'
import { makeByteCache } from '../../src/model/byte-cache.ts'
import type { ByteCache } from '../../src/model/byte-cache.ts'
import { perStore } from '../db/points/point-store.ts'
import type { NamedView, SeriesView } from '../db/points/point-store.ts'
import { indexEnd } from '../db/points/chunk-index.ts'
import { makeOrderedLookup, makeTableLookup } from './step-lookup.ts'
import type { StepLookup } from './step-lookup.ts'
import { axisOf } from './window-axis.ts'
import { boundsOf, partsOf } from './window-parts.ts'
import type { PartColumns, Parts } from './window-parts.ts'

/** A series over another one, paired by step. */
export interface Pairs {
  /** Only the points that have a finite x; in log order. */
  readonly parts: Parts
  /** The least and the greatest x; min > max when there is no pair. */
  readonly bounds: readonly [number, number]
  /** Pairs whose value is not finite. */
  readonly nonFinite: number
  readonly unplaced: number
}

/** What `readWindows` takes of this file. */
export interface Pairing {
  readonly NO_PAIRS: Pairs
  readonly readPairs: typeof readPairs
}

export const NO_PAIRS: Pairs = {
  parts: {
    count: 0,
    origin: 0,
    min: () => Number.POSITIVE_INFINITY,
    max: () => Number.NEGATIVE_INFINITY,
    finite: () => 0,
    read: () => ({ x: new Float64Array(0), values: new Float64Array(0) }),
  },
  bounds: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  nonFinite: 0,
  unplaced: 0,
}

/** What is known of pairs without their columns. Shape: an entry a part. */
interface Outline {
  readonly min: Float64Array
  readonly max: Float64Array
  readonly finite: Float64Array
  readonly nonFinite: number
  readonly unplaced: number
  readonly isOrdered: boolean
}

interface PairCaches {
  readonly outlines: ByteCache<string, Outline>
  readonly columns: ByteCache<string, PartColumns>
}

/** Two charts of a million points each are panned without pairing again. */
const COLUMN_CACHE_BYTES = 40 * 2 ** 20
const OUTLINE_CACHE_BYTES = 4 * 2 ** 20
const DOUBLE_BYTES = Float64Array.BYTES_PER_ELEMENT

const cachesFor = perStore((): PairCaches => ({
  outlines: makeByteCache<string, Outline>(OUTLINE_CACHE_BYTES, { keepsNewest: true }),
  columns: makeByteCache<string, PartColumns>(COLUMN_CACHE_BYTES, { keepsNewest: true }),
}))

/**
 * Pairs a series, or a smoothed one, with the values of another at the same steps.
 *
 * Cost: reads both when they are new or grew, then what is asked of `parts`, as far as it is not cached; memory of the
 * caches, and of the distinct steps of an x whose steps go backward. Owner: the store; valid until the next ingest.
 */
export function readPairs({ points }: Database, view: NamedView, xView: NamedView): Pairs {
  // Counts tell of growth, the generation of everything that may have gone since.
  const name = [points.generation, view.name, xView.name].join(' ')
  const state = [name, countOf(view), countOf(xView)].join(' ')
  const own = partsOf(view, axisOf('step', 0))
  const { outlines, columns } = cachesFor(points)
  const known = outlines.get(state)
  let lookup: StepLookup | null = null

  /** Points between steps that x has passed stay as they are however both grow, as long as x is in order. */
  function columnsName(part: number, isOrdered: boolean): string {
    const passed = xView.chunks.stats.maxStep[xView.chunks.length - 1] ?? Number.NEGATIVE_INFINITY
    const isSettled = isOrdered && part < view.chunks.length && own.max(part) < passed
    return `${isSettled ? name : state} ${part}`
  }

  function pairPart(part: number, found: StepLookup, isOrdered: boolean): PartColumns | null {
    const columnsOf = columnsName(part, isOrdered)
    const kept = columns.get(columnsOf)
    if (kept !== undefined) return kept
    const { x: steps, values } = own.read(part)
    const x = found.valuesAt(steps)
    if (x === null) return null
    const pairs = dropUnplaced(x, values)
    columns.put(columnsOf, pairs, 2 * pairs.x.length * DOUBLE_BYTES)
    return pairs
  }

  function outlineBy(found: StepLookup, isOrdered: boolean): Outline | null {
    const parts: PartOutline[] = []
    for (let part = 0; part < own.count; part++) {
      const pairs = pairPart(part, found, isOrdered)
      if (pairs === null) return null
      parts.push(outlinePart(pairs))
    }
    const pairCount = parts.reduce((sum, { pairs }) => sum + pairs, 0)
    const finite = Float64Array.from(parts, (part) => part.finite)
    return {
      min: Float64Array.from(parts, (part) => part.min),
      max: Float64Array.from(parts, (part) => part.max),
      finite,
      nonFinite: finite.reduce((rest, count) => rest - count, pairCount),
      unplaced: countOf(view) - pairCount,
      isOrdered,
    }
  }

  function outlineAnyhow(): Outline {
    const ordered = makeOrderedLookup(xView)
    const outline = ordered === null ? null : outlineBy(ordered, true)
    if (outline !== null) return outline
    lookup = makeTableLookup(xView)
    return must(outlineBy(lookup, false))
  }

  const outline = known ?? outlineAnyhow()
  if (known === undefined) outlines.put(state, outline, 3 * own.count * DOUBLE_BYTES)
  const { min, max, finite, nonFinite, unplaced, isOrdered } = outline
  return {
    bounds: [
      min.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
      max.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
    ],
    nonFinite,
    unplaced,
    parts: {
      count: own.count,
      origin: 0,
      min: (part) => min[part] ?? 0,
      max: (part) => max[part] ?? 0,
      finite: (part) => finite[part] ?? 0,
      read(part) {
        const kept = columns.get(columnsName(part, isOrdered))
        if (kept !== undefined) return kept
        lookup ??= isOrdered ? makeOrderedLookup(xView) : makeTableLookup(xView)
        return must(pairPart(part, must(lookup), isOrdered))
      },
    },
  }
}

function countOf({ chunks, tail }: SeriesView): number {
  return indexEnd(chunks) + tail.values.length
}

/** Owner: the caller. */
function dropUnplaced(x: Float64Array, values: Float64Array): PartColumns {
  const placed = new Float64Array(values.length)
  let count = 0
  for (let index = 0; index < values.length; index++) {
    const at = x[index] ?? Number.NaN
    if (at - at !== 0) continue
    x[count] = at
    placed[count] = values[index] ?? Number.NaN
    count += 1
  }
  if (count === values.length) return { x, values: placed }
  return { x: x.slice(0, count), values: placed.slice(0, count) }
}

interface PartOutline {
  readonly min: number
  readonly max: number
  readonly finite: number
  readonly pairs: number
}

function outlinePart({ x, values }: PartColumns): PartOutline {
  let finite = 0
  for (const value of values) if (value - value === 0) finite += 1
  return { ...boundsOf(x), finite, pairs: values.length }
}

/** What was in order when it was paired is in order still, and a table takes any order. */
function must<T>(value: T | null): T {
  if (value === null) throw new Error('A series changed its order while it was paired.')
  return value
}
