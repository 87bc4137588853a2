import type { RunId } from '../../model/units.ts'
import type { ExperimentState } from '../experiment/experiment-context.ts'
import { HEADER_ROW, type TableState } from './table-context.ts'
import type { ActiveCell } from './table-keys.ts'
import type { TableRow } from './table-rows.ts'

/** What a click in the grid can change. */
export interface GridClicks {
  readonly table: TableState
  readonly experiment: Pick<ExperimentState, 'visibility' | 'selected' | 'select'>
}

/** Does what the part of the grid that was clicked is for, in the header or in a row of it. */
export function clickInGrid(
  event: MouseEvent,
  { row: key, column }: ActiveCell,
  row: TableRow | undefined,
  { table, experiment }: GridClicks,
): void {
  const target = event.target instanceof Element ? event.target : null
  const action = target?.closest<HTMLElement>('[data-action]')?.dataset['action']
  if (key === HEADER_ROW) {
    if (action === 'select-all') toggleAll(table)
    else if (action === 'sort') table.arrangement.sortBy(column, event.shiftKey)
  } else if (row?.kind === 'group') {
    if (action === 'fold') table.arrangement.toggleGroup(row.group.key)
  } else if (row?.kind === 'run') {
    actOn(row.runId, action, event.shiftKey, { table, experiment })
  }
}

function actOn(
  runId: RunId,
  action: string | undefined,
  isRange: boolean,
  { table, experiment }: GridClicks,
): void {
  if (action === 'select') table.selection[isRange ? 'extendTo' : 'toggle'](runId)
  else if (action === 'draw') experiment.visibility.toggle(runId)
  else if (action === 'open') experiment.select(experiment.selected() === runId ? null : runId)
}

function toggleAll({ selection, runIds }: TableState): void {
  if (selection.selected().size === runIds().length) selection.clear()
  else selection.selectAll()
}
