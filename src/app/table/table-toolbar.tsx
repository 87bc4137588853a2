import Columns from 'lucide-solid/icons/columns-3'
import { createMemo, For, Index, Show } from 'solid-js'
import { GROUPABLE_FIELDS } from '../../model/run-fields.ts'
import { columnId, type ColumnId } from '../workspace/table-columns.ts'
import { GROUP_AGGREGATES, MAX_TABLE_GROUPS, type GroupAggregate } from '../workspace/table-view.ts'
import { Button } from '../../widgets/button.tsx'
import { MenuButton } from '../../widgets/menu-button.tsx'
import type { CsvFor } from '../shell/download.ts'
import { ArchivedRuns } from '../experiment/archived-runs.tsx'
import { foundWords } from '../experiment/create-run-totals.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { FilterBar } from '../experiment/filter-bar.tsx'
import { columnName } from './column-words.ts'
import { useTable } from './table-context.ts'
import './table-toolbar.css'

const AGGREGATE_WORDS: Readonly<Record<GroupAggregate, string>> = {
  mean: 'mean ± std',
  min: 'lowest',
  max: 'highest',
}

/** Which runs, grouped by what, in which columns. */
export function TableToolbar(props: { onPick(): void; onSave(readBy: CsvFor): void }) {
  const { arrangement, keys, runIds } = useTable()
  const { totals, workspace } = useExperiment()
  const group = createMemo(() => arrangement.view().group)
  /** A choice for each, and one more for groups within. */
  const choices = createMemo<readonly ColumnId[]>(() =>
    group().length < MAX_TABLE_GROUPS ? [...group(), ''] : group(),
  )
  const groupable = createMemo<readonly ColumnId[]>(() => {
    const known = [
      ...GROUPABLE_FIELDS.map((field) => columnId({ from: 'run', field })),
      ...keys().flatMap(({ from, key }) => (from === 'metric' ? [] : columnId({ from, key }))),
    ]
    return [...new Set([...known, ...group()])]
  })
  const choose = (place: number, id: ColumnId): void => {
    const others = group().toSpliced(place, 1)
    arrangement.groupBy(id === '' ? others : others.filter((each) => each !== id).toSpliced(place, 0, id))
  }
  return (
    <div class="table-toolbar">
      <FilterBar />
      <div class="table-toolbar-choices">
        <span class="table-toolbar-count">
          {foundWords(runIds().length, workspace.view().filter, totals())}
        </span>
        <ArchivedRuns />
        <Index each={choices()}>
          {(chosen, place) => (
            <label class="table-toolbar-choice">
              {place === 0 ? 'Group by' : 'then by'}
              <select class="inline-select" onChange={(event) => choose(place, event.currentTarget.value)}>
                <option value="" selected={chosen() === ''}>
                  nothing
                </option>
                <For each={groupable().filter((id) => id === chosen() || !group().includes(id))}>
                  {(id) => (
                    <option value={id} selected={id === chosen()}>
                      {columnName(id)}
                    </option>
                  )}
                </For>
              </select>
            </label>
          )}
        </Index>
        <Show when={group().length > 0}>
          <label class="table-toolbar-choice">
            <span class="visually-hidden">Groups show</span>
            <select
              class="inline-select"
              onChange={(event) => arrangement.setAggregate(event.currentTarget.value as GroupAggregate)}
            >
              <For each={GROUP_AGGREGATES}>
                {(aggregate) => (
                  <option value={aggregate} selected={aggregate === arrangement.view().aggregate}>
                    {AGGREGATE_WORDS[aggregate]}
                  </option>
                )}
              </For>
            </select>
          </label>
        </Show>
        <MenuButton
          label="Save"
          entries={[
            { text: 'CSV', hint: 'all rows', run: () => props.onSave('programs') },
            { text: 'For spreadsheets', hint: 'all rows', run: () => props.onSave('spreadsheets') },
          ]}
        />
        <Button class="table-toolbar-columns" aria-label="Columns" onClick={() => props.onPick()}>
          <Columns size={14} />
          <span>Columns</span>
        </Button>
      </div>
    </div>
  )
}
