import X from 'lucide-solid/icons/x'
import { createMemo, Show } from 'solid-js'
import { MAX_NAMED_RUNS } from '../workspace/workspace-view.ts'
import { Button } from '../../widgets/button.tsx'
import { IconButton } from '../../widgets/icon-button.tsx'
import { formatPlural } from '../../widgets/number-format.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { useRunMenus } from '../runs/run-menus.tsx'
import { useTable } from './table-context.ts'
import './bulk-bar.css'

/** What can be done with the selected runs. */
export function BulkBar() {
  const experiment = useExperiment()
  const menus = useRunMenus()
  const { arrangement, cells, selection } = useTable()
  const selected = createMemo(() => [...selection.selected()])
  const deeds = () => menus.deeds(selected())
  const single = createMemo(() => (selected().length === 1 ? (selected()[0] ?? null) : null))
  const areArchived = createMemo(() =>
    selected().every((id) => typeof cells.value(id, 'run:archivedAt') === 'number'),
  )

  return (
    <div class="bulk-bar" role="toolbar" aria-label="Selected runs">
      <span class="bulk-bar-count" role="status">
        {formatPlural(selected().length, 'run')} selected
      </span>
      <Show when={!experiment.readOnly}>
        <Button look="quiet" onClick={() => menus.ask('tag', selected())}>
          Tag
        </Button>
        <Button look="quiet" onClick={() => menus.ask('group', selected())}>
          Group
        </Button>
        <Show when={single()}>
          <Button look="quiet" onClick={() => menus.ask('rename', selected())}>
            Rename
          </Button>
        </Show>
        <Button look="quiet" onClick={() => menus.ask('color', selected())}>
          Colour
        </Button>
      </Show>
      <Show when={single()}>
        {(runId) => (
          <Button
            look="quiet"
            onClick={() => arrangement.setBaseline(arrangement.view().baseline === runId() ? null : runId())}
          >
            {arrangement.view().baseline === runId() ? 'Remove baseline' : 'Baseline'}
          </Button>
        )}
      </Show>
      <Button
        look="quiet"
        title={selected().length > MAX_NAMED_RUNS ? `The first ${MAX_NAMED_RUNS} of them` : undefined}
        onClick={() => deeds().drawOnly()}
      >
        Show only these
      </Button>
      <Button look="quiet" onClick={() => deeds().compare()}>
        Compare
      </Button>
      <Button look="quiet" onClick={() => deeds().share()}>
        Export
      </Button>
      <Show when={!experiment.readOnly}>
        <Show
          when={areArchived()}
          fallback={
            <Button look="quiet" onClick={() => deeds().setArchived(true)}>
              Archive
            </Button>
          }
        >
          <Button look="quiet" onClick={() => deeds().setArchived(false)}>
            Unarchive
          </Button>
        </Show>
        <Button look="quiet" class="bulk-bar-delete" onClick={() => deeds().remove()}>
          Delete
        </Button>
      </Show>
      <IconButton class="bulk-bar-clear" label="Select no run" onClick={selection.clear}>
        <X size={14} />
      </IconButton>
    </div>
  )
}
