import type { SeriesView } from '../db/points/point-store.ts'
import { BLOCK_POINTS } from '../db/points/layout.ts'
import type { Axis } from './window-axis.ts'
import { bucketWidth, makeCells } from './window-cells.ts'
import type { CellColumns, Cells, Grid } from './window-cells.ts'
import { readEnds } from './window-ends.ts'
import type { Parts } from './window-parts.ts'

/**
 * A chunk or block is put into one bucket whole when a bucket is at least this many times wider: no extreme is lost and
 * none is drawn further than a quarter of a bucket outside the one it is in. At 4 the widest windows read twice as much.
 */
const UNITS_PER_BUCKET = 2

/**
 * Adds up a series on a grid.
 *
 * Descends from chunks over blocks to points only where a unit is too wide for its bucket or lies across an edge of the
 * window, so that nothing outside leaks in. Units are placed by their x, not by their order, so steps may go backward.
 *
 * Cost: for ascending x, reads at most 2 × buckets chunks' blocks or as many blocks' points, however long the series.
 */
export function fillGrid(view: SeriesView, axis: Axis, grid: Grid): CellColumns {
  const cells = makeCells(grid)
  const { chunks, tail } = view
  const min = axis.minOf(chunks.stats)
  const max = axis.maxOf(chunks.stats)
  for (let chunk = 0; chunk < chunks.length; chunk++) {
    const fit = fitOf(grid, (min[chunk] ?? 0) - axis.origin, (max[chunk] ?? 0) - axis.origin)
    if (fit === 'outside') continue
    if (fit === 'divide') fillFromBlocks(view, chunk, axis, grid, cells)
    else cells.addUnit(chunks.stats, chunk, fit, chunk)
  }
  cells.addPoints(axis.tailOf(tail), axis.origin, tail.values, 0, tail.values.length)
  return cells.finish((unit) => readEnds(view, unit))
}

/** Adds up parts point by point. Cost: reads the parts that reach into the grid. */
export function fillGridFromParts(parts: Parts, grid: Grid): CellColumns {
  const cells = makeCells(grid)
  for (let part = 0; part < parts.count; part++) {
    if (parts.max(part) < grid.from || parts.min(part) > grid.to) continue
    const { x, values } = parts.read(part)
    cells.addPoints(x, parts.origin, values, 0, values.length)
  }
  return cells.finish(() => {
    throw new Error('Points have no open units.')
  })
}

function fillFromBlocks(view: SeriesView, chunk: number, axis: Axis, grid: Grid, cells: Cells): void {
  const blocks = view.blocks(chunk)
  const min = axis.minOf(blocks)
  const max = axis.maxOf(blocks)
  for (let block = 0; block < blocks.length; block++) {
    const fit = fitOf(grid, (min[block] ?? 0) - axis.origin, (max[block] ?? 0) - axis.origin)
    if (fit === 'outside') continue
    if (fit !== 'divide') {
      cells.addUnit(blocks, block, fit, chunk)
      continue
    }
    const columns = view.columns(chunk)
    const first = block * BLOCK_POINTS
    const last = first + (blocks.count[block] ?? 0)
    cells.addPoints(axis.pointsOf(columns), axis.origin, columns.values, first, last)
  }
}

/** Where a unit that spans min … max goes: the x to put it at, or whether it is outside or too wide. */
function fitOf(grid: Grid, min: number, max: number): number | 'outside' | 'divide' {
  if (max < grid.from || min > grid.to) return 'outside'
  const isInside = min >= grid.from && max <= grid.to
  if (isInside && (max - min) * UNITS_PER_BUCKET <= bucketWidth(grid)) return min + (max - min) / 2
  return 'divide'
}
