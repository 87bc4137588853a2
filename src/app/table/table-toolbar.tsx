import Columns from 'lucide-solid/icons/columns-3'
import { createMemo, For, Show } from 'solid-js'
import { GROUPABLE_FIELDS } from '../../model/run-fields.ts'
import { columnId, type ColumnId } from '../workspace/table-columns.ts'
import { GROUP_AGGREGATES, type GroupAggregate } from '../workspace/table-view.ts'
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
  const group = (): ColumnId | null => arrangement.view().group
  const groupable = createMemo<readonly ColumnId[]>(() => {
    const known = [
      ...GROUPABLE_FIELDS.map((field) => columnId({ from: 'run', field })),
      ...keys().flatMap(({ from, key }) => (from === 'metric' ? [] : columnId({ from, key }))),
    ]
    const chosen = group()
    return chosen === null || known.includes(chosen) ? known : [...known, chosen]
  })
  return (
    <div class="table-toolbar">
      <FilterBar />
      <div class="table-toolbar-choices">
        <span class="table-toolbar-count">
          {foundWords(runIds().length, workspace.view().filter, totals())}
        </span>
        <ArchivedRuns />
        <label class="table-toolbar-choice">
          Group by
          <select
            class="inline-select"
            onChange={(event) => arrangement.groupBy(event.currentTarget.value || null)}
          >
            <option value="" selected={group() === null}>
              nothing
            </option>
            <For each={groupable()}>
              {(id) => (
                <option value={id} selected={id === group()}>
                  {columnName(id)}
                </option>
              )}
            </For>
          </select>
        </label>
        <Show when={group() !== null}>
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
