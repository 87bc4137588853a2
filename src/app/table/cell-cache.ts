import type { JsonValue } from '../../model/json.ts'
import type { RunId } from '../../model/units.ts'
import type { ColumnId } from '../workspace/table-columns.ts'

/**
 * What was read of the cells of a table, whatever the order of its rows.
 *
 * A run has a place in every column, so that 10,000 runs × 40 columns are 40 arrays.
 */
export interface CellCache {
  /** undefined until it is read. */
  value(runId: RunId, column: ColumnId): JsonValue | undefined
  /** Says which columns are shown: what is complete has all of them. Returns what `complete` is told of them. */
  setColumns(columns: readonly ColumnId[]): number
  isComplete(runId: RunId): boolean
  /** Those of the columns shown that one of the runs lacks. */
  lacking(runIds: readonly RunId[]): readonly ColumnId[]
  /** Shape: `cells` one array a column, one entry a run. */
  put(runIds: readonly RunId[], columns: readonly ColumnId[], cells: readonly (readonly JsonValue[])[]): void
  /** Notes that there is nothing more to read of these runs, for the columns that were shown when they were asked for. */
  complete(runIds: readonly RunId[], columnSet: number): void
}

export function makeCellCache(): CellCache {
  const places = new Map<RunId, number>()
  const arrays = new Map<ColumnId, JsonValue[]>()
  /** For which set of columns each run is complete. */
  const completeFor: number[] = []
  let shown: readonly ColumnId[] = []
  let shownSet = 0

  function placeOf(runId: RunId): number {
    let place = places.get(runId)
    if (place === undefined) {
      place = places.size
      places.set(runId, place)
      completeFor.push(-1)
    }
    return place
  }

  return {
    value(runId, column) {
      const place = places.get(runId)
      return place === undefined ? undefined : arrays.get(column)?.[place]
    },
    setColumns(columns) {
      const isSame = columns.length === shown.length && columns.every((id) => shown.includes(id))
      shown = columns
      if (!isSame) shownSet += 1
      return shownSet
    },
    isComplete(runId) {
      const place = places.get(runId)
      return place !== undefined && completeFor[place] === shownSet
    },
    lacking(runIds) {
      const found = runIds.map(placeOf)
      return shown.filter((id) => {
        const array = arrays.get(id)
        return array === undefined || found.some((place) => array[place] === undefined)
      })
    },
    put(runIds, columns, cells) {
      const found = runIds.map(placeOf)
      columns.forEach((id, index) => {
        let array = arrays.get(id)
        if (array === undefined) {
          array = []
          arrays.set(id, array)
        }
        const column = cells[index] ?? []
        for (const [at, place] of found.entries()) array[place] = column[at] ?? null
      })
    },
    complete(runIds, columnSet) {
      for (const runId of runIds) completeFor[placeOf(runId)] = columnSet
    },
  }
}
