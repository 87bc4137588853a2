import type { SeriesView } from '../db/points/point-store.ts'
import { axisOf } from './window-axis.ts'
import { partsOf } from './window-parts.ts'
import type { PartColumns, Parts } from './window-parts.ts'

/** Finds what a series said last at a step. */
export interface StepLookup {
  /**
   * Shape: one entry a step, in any order; NaN where the series has no such step or said NaN last. null when the series
   * turns out not to be in order of its steps.
   */
  valuesAt(steps: Float64Array): Float64Array | null
}

/**
 * Looks up by walking along, in a series whose steps never go backward; null when its chunks tell that they do.
 *
 * Cost: the parts that lie between the least and the greatest step asked; memory of one of them.
 */
export function makeOrderedLookup(view: SeriesView): StepLookup | null {
  const parts = partsOf(view, axisOf('step', 0))
  const last = view.tail.values.length > 0 ? parts.count - 1 : parts.count - 2
  for (let part = 1; part <= last; part++) if (parts.min(part) < parts.max(part - 1)) return null
  const checked = new Set<number>()

  function isInOrder(part: number, steps: Float64Array): boolean {
    if (checked.has(part)) return true
    checked.add(part)
    return isAscending(steps)
  }

  /** The last part that begins at the step or before it; −1 when all begin after it. */
  function partAt(step: number): number {
    let low = -1
    let high = last
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (parts.min(middle) <= step) low = middle
      else high = middle - 1
    }
    return low
  }

  function walk(steps: Float64Array): Float64Array | null {
    const found = new Float64Array(steps.length).fill(Number.NaN)
    let part = -1
    let next = Number.NEGATIVE_INFINITY
    let columns: PartColumns = NO_COLUMNS
    let at = 0
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index] ?? 0
      if (step >= next) {
        const reached = partAt(step)
        next = reached < last ? parts.min(reached + 1) : Number.POSITIVE_INFINITY
        if (reached === -1) continue
        if (reached !== part) {
          part = reached
          columns = parts.read(part)
          at = 0
          if (!isInOrder(part, columns.x)) return null
        }
      }
      const { x, values } = columns
      while (at + 1 < x.length && (x[at + 1] ?? 0) <= step) at += 1
      if (x[at] === step) found[index] = values[at] ?? Number.NaN
    }
    return found
  }

  return {
    valuesAt(steps) {
      if (isAscending(steps)) return walk(steps)
      const order = Uint32Array.from(steps.keys()).toSorted((a, b) => (steps[a] ?? 0) - (steps[b] ?? 0))
      const sorted = walk(Float64Array.from(order, (index) => steps[index] ?? 0))
      if (sorted === null) return null
      const found = new Float64Array(steps.length)
      for (const [place, index] of order.entries()) found[index] = sorted[place] ?? Number.NaN
      return found
    },
  }
}

const NO_COLUMNS: PartColumns = { x: new Float64Array(0), values: new Float64Array(0) }

/** Most steps of a series out of order that are held at a time: 128 MB as a table. */
const MAX_TABLE_STEPS = 2 ** 24
/** The same where steps are far apart, as a map of about 40 bytes each. */
const MAX_MAP_STEPS = 2 ** 21
/** Steps this much sparser than points are kept in a map. */
const STEPS_PER_POINT = 4

/**
 * Looks up in a table of all steps, whatever their order.
 *
 * Cost: reads the whole series and holds its distinct steps. A series that has more than fit finds nothing, so that its
 * points count as unplaced.
 */
export function makeTableLookup(view: SeriesView): StepLookup {
  const parts = partsOf(view, axisOf('step', 0))
  let count = 0
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let part = 0; part < parts.count; part++) {
    count += parts.finite(part)
    min = Math.min(min, parts.min(part))
    max = Math.max(max, parts.max(part))
  }
  const range = max - min + 1
  const isDense = range <= Math.min(MAX_TABLE_STEPS, Math.max(2 ** 16, STEPS_PER_POINT * count))
  return (isDense ? denseLookup(parts, min, range) : null) ?? sparseLookup(parts)
}

/** null where a step is no whole number of steps after the least: it has no place in a table. */
function denseLookup(parts: Parts, min: number, range: number): StepLookup | null {
  const table = new Float64Array(Math.ceil(range)).fill(Number.NaN)
  for (let part = 0; part < parts.count; part++) {
    const { x, values } = parts.read(part)
    for (let index = 0; index < x.length; index++) {
      const place = (x[index] ?? 0) - min
      if (!Number.isInteger(place)) return null
      table[place] = values[index] ?? Number.NaN
    }
  }
  return { valuesAt: (steps) => steps.map((step) => table[step - min] ?? Number.NaN) }
}

function sparseLookup(parts: Parts): StepLookup {
  const map = new Map<number, number>()
  for (let part = 0; part < parts.count; part++) {
    const { x, values } = parts.read(part)
    for (let index = 0; index < x.length; index++) map.set(x[index] ?? 0, values[index] ?? Number.NaN)
    if (map.size > MAX_MAP_STEPS) {
      map.clear()
      break
    }
  }
  return { valuesAt: (steps) => steps.map((step) => map.get(step) ?? Number.NaN) }
}

function isAscending(steps: Float64Array): boolean {
  for (let index = 1; index < steps.length; index++) {
    if ((steps[index] ?? 0) < (steps[index - 1] ?? 0)) return false
  }
  return true
}
