import type { Command } from '../shell/create-commands.ts'
import type { CsvFor } from '../shell/download.ts'
import { formatPlural } from '../../widgets/number-format.ts'
import type { ExperimentState } from '../experiment/experiment-context.ts'
import { isGroupable } from './column-entries.ts'
import { columnName } from './column-words.ts'
import { drawOnly } from '../runs/draw-only.ts'
import type { TableState } from './table-context.ts'

const GROUP = 'Table'

/** What the palette offers while the table is shown. */
export function tableCommands(
  { arrangement, columns, selection }: TableState,
  experiment: ExperimentState,
  pickColumns: () => void,
  save: (readBy: CsvFor) => void,
): readonly Command[] {
  const selected = [...selection.selected()]
  const [first] = selected
  const { baseline, group, sort } = arrangement.view()
  const command = (title: string, run: () => void): Command => ({ title, group: GROUP, run })
  return [
    { title: 'Pick columns', group: GROUP, key: 'c', run: pickColumns },
    command('Reset columns', arrangement.reset),
    command('Save the table as CSV', () => save('programs')),
    command('Save the table for spreadsheets', () => save('spreadsheets')),
    ...columns.all().map((id) => command(`Sort by ${columnName(id)}`, () => arrangement.sortBy(id, false))),
    ...(sort.length > 0
      ? [command('Sort by start, newest first', () => arrangement.setSort('run:startedAt', 'descending'))]
      : []),
    ...['run:status', 'run:group', ...columns.all()]
      .filter((id, at, all) => isGroupable(id) && all.indexOf(id) === at && !group.includes(id))
      .map((id) => command(`Group by ${columnName(id)}`, () => arrangement.groupBy([id]))),
    ...(group.length === 0 ? [] : [command('Ungroup', () => arrangement.groupBy([]))]),
    ...(baseline === null ? [] : [command('Remove the baseline', () => arrangement.setBaseline(null))]),
    command('Select all runs that match', selection.selectAll),
    ...(first === undefined
      ? []
      : [
          command('Select no run', selection.clear),
          command(`Show only the ${formatPlural(selected.length, 'selected run')}`, () =>
            drawOnly(experiment, selected),
          ),
          command(`Export the ${formatPlural(selected.length, 'selected run')}`, () =>
            experiment.share(selected),
          ),
        ]),
    ...(first !== undefined && selected.length === 1
      ? [command('Compare with the selected run', () => arrangement.setBaseline(first))]
      : []),
  ]
}
