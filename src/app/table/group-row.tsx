import ChevronDown from 'lucide-solid/icons/chevron-down'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import { createMemo, Show } from 'solid-js'
import type { ColumnId } from '../workspace/table-columns.ts'
import { summarise, type TableGroup } from './table-groups.ts'
import { formatCount } from '../../widgets/number-format.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { aggregateText, cellText, cellTitle } from './cell-words.ts'
import { columnName } from './column-words.ts'
import { useTable } from './table-context.ts'
import './group-row.css'

/** The name of a group: what its runs have in common, how many they are, and whether they are shown. */
export function GroupNameCell(props: { readonly group: TableGroup; readonly isClosed: boolean }) {
  const { readOnly } = useExperiment()
  const by = (): ColumnId => props.group.column
  return (
    <>
      <Show when={props.group.depth > 0}>
        <span class="group-row-indent" style={{ '--depth': props.group.depth }} />
      </Show>
      <button
        type="button"
        class="group-row-fold"
        tabindex={-1}
        aria-expanded={!props.isClosed}
        aria-label={`${columnName(by())} ${cellText(by(), props.group.value, readOnly)}`}
        data-action="fold"
      >
        <Show when={props.isClosed} fallback={<ChevronDown size={14} />}>
          <ChevronRight size={14} />
        </Show>
      </button>
      <span class="group-row-key">{columnName(by())}</span>
      <span class="group-row-name" dir="auto" title={cellTitle(by(), props.group.value, readOnly)}>
        {cellText(by(), props.group.value, readOnly)}
      </span>
      <span class="group-row-count">{formatCount(props.group.runIds.length)}</span>
    </>
  )
}

/** What the numbers of a group come to in one column. */
export function GroupValueCell(props: { readonly group: TableGroup; readonly column: ColumnId }) {
  const { arrangement, cells } = useTable()
  const words = createMemo(() => {
    const { aggregate } = arrangement.view()
    // A mean of moments says nothing of a group; a mean of what is no number is none.
    const isSummed = !/^(curve:|run:(startedAt|endedAt|archivedAt))/.test(props.column)
    const summary = isSummed ? summarise(props.group.runIds.map((id) => cells.value(id, props.column))) : null
    return aggregateText(props.column, summary, aggregate)
  })
  return (
    <>
      <span class="group-row-text">{words().text}</span>
      <Show when={words().spread !== ''}>
        <span class="group-row-spread">{words().spread}</span>
      </Show>
    </>
  )
}
