import { BLOCK_POINTS } from '../db/points/layout.ts'
import type { SeriesView } from '../db/points/point-store.ts'
import type { StatColumns } from '../db/points/stat-columns.ts'
import type { Ends, OpenUnit } from './window-cells.ts'

/** The first and the last finite value of a unit that holds one. Cost: its chunk's blocks, and points of two of them. */
export function readEnds(view: SeriesView, { units, unit, chunk }: OpenUnit): Ends {
  const isChunk = units === view.chunks.stats
  const blocks = isChunk ? view.blocks(chunk) : units
  let first = isChunk ? 0 : unit
  let last = isChunk ? blocks.length - 1 : unit
  while (first < last && isEmpty(blocks, first)) first += 1
  while (last > first && isEmpty(blocks, last)) last -= 1
  return {
    first: finiteOr(blocks.first[first], () => pointsOf(view, chunk, blocks, first).find(Number.isFinite)),
    last: finiteOr(blocks.last[last], () => pointsOf(view, chunk, blocks, last).findLast(Number.isFinite)),
  }
}

function isEmpty(units: StatColumns, unit: number): boolean {
  const others = (units.nanCount[unit] ?? 0) + (units.posInfCount[unit] ?? 0) + (units.negInfCount[unit] ?? 0)
  return units.count[unit] === others
}

function finiteOr(known: number | undefined, search: () => number | undefined): number {
  if (known !== undefined && Number.isFinite(known)) return known
  const found = search()
  if (found === undefined) throw new Error('A block holds no finite value where its stats count some.')
  return found
}

function pointsOf(view: SeriesView, chunk: number, blocks: StatColumns, block: number): Float64Array {
  const from = block * BLOCK_POINTS
  return view.columns(chunk).values.subarray(from, from + (blocks.count[block] ?? 0))
}
