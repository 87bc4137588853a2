import { createContext, useContext, type Accessor } from 'solid-js'
import type { Direction } from '../../model/experiment.ts'
import type { JsonValue } from '../../model/json.ts'
import type { RunId } from '../../model/units.ts'
import type { RunKey } from '../../protocol/run-query.ts'
import type { ColumnModel } from './create-column-model.ts'
import type { CurvesState } from './create-curves.ts'
import type { RunSelection } from './create-run-selection.ts'
import type { TableArrangement } from './create-table-arrangement.ts'
import type { TableCells } from './create-table-cells.ts'
import type { ColumnId } from '../workspace/table-columns.ts'
import type { TableRow } from './table-rows.ts'

/** The key of the header among those of rows. */
export const HEADER_ROW = 'header'

/** What the parts of the table share. */
export interface TableState {
  readonly arrangement: TableArrangement
  readonly columns: ColumnModel
  readonly cells: TableCells
  readonly curves: CurvesState
  readonly selection: RunSelection
  readonly keys: Accessor<readonly RunKey[]>
  /** In order, all of them. */
  readonly runIds: Accessor<readonly RunId[]>
  /** From top to bottom, the baseline and the heads of groups among them. */
  readonly rows: Accessor<readonly TableRow[]>
  /** Says which of the rows are in view. Shape: [from, to). */
  setRange(from: number, to: number): void
  directionOf(metric: string): Direction
  /** The run the others are compared with. */
  readonly baseline: Accessor<RunId | null>
  /** The value of the baseline; undefined without one. */
  baselineValue(column: ColumnId): JsonValue | undefined
  /** Whether most of its values are numbers. */
  isNumeric(column: ColumnId): boolean
  readonly now: Accessor<number>
}

export const TableContext = createContext<TableState>()

export function useTable(): TableState {
  const table = useContext(TableContext)
  if (table === undefined) throw new Error('useTable outside of <TableContext.Provider>')
  return table
}
