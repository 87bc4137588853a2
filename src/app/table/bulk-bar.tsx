import X from 'lucide-solid/icons/x'
import { createMemo, createSignal, Match, Show, Switch } from 'solid-js'
import { createRunEdits } from './create-run-edits.ts'
import { useToasts } from '../shell/create-toasts.ts'
import { NAME_COLUMN } from '../workspace/table-columns.ts'
import { useTracker } from '../tracker/tracker.ts'
import { MAX_NAMED_RUNS } from '../workspace/workspace-view.ts'
import { Button } from '../../widgets/button.tsx'
import { IconButton } from '../../widgets/icon-button.tsx'
import { formatPlural } from '../../widgets/number-format.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { ColorDialog, GroupDialog, RenameDialog, TagDialog } from './bulk-dialogs.tsx'
import { drawOnly } from './draw-only.ts'
import { useTable } from './table-context.ts'
import './bulk-bar.css'

/** What can be done with the selected runs. */
export function BulkBar() {
  const tracker = useTracker()
  const experiment = useExperiment()
  const { arrangement, cells, selection, keys } = useTable()
  const edits = createRunEdits(tracker, experiment.database, experiment.workspace.history, useToasts())
  const [asking, setAsking] = createSignal<'tag' | 'group' | 'rename' | 'color' | null>(null)
  const selected = createMemo(() => [...selection.selected()])
  const single = createMemo(() => (selected().length === 1 ? (selected()[0] ?? null) : null))
  const areArchived = createMemo(() =>
    selected().every((id) => typeof cells.value(id, 'run:archivedAt') === 'number'),
  )
  const close = (): void => void setAsking(null)
  const tagKeys = (): readonly string[] =>
    keys()
      .filter(({ from }) => from === 'tag')
      .map(({ key }) => key)

  return (
    <div class="bulk-bar" role="toolbar" aria-label="Selected runs">
      <span class="bulk-bar-count" role="status">
        {formatPlural(selected().length, 'run')} selected
      </span>
      <Show when={!experiment.readOnly}>
        <Button look="quiet" onClick={() => setAsking('tag')}>
          Tag
        </Button>
        <Button look="quiet" onClick={() => setAsking('group')}>
          Group
        </Button>
        <Show when={single()}>
          <Button look="quiet" onClick={() => setAsking('rename')}>
            Rename
          </Button>
        </Show>
        <Button look="quiet" onClick={() => setAsking('color')}>
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
        onClick={() => drawOnly(experiment, selected())}
      >
        Draw only these
      </Button>
      <Button look="quiet" onClick={() => experiment.share(selected())}>
        Export
      </Button>
      <Show when={!experiment.readOnly}>
        <Show
          when={areArchived()}
          fallback={
            <Button look="quiet" onClick={() => void edits.archive(selected())}>
              Archive
            </Button>
          }
        >
          <Button look="quiet" onClick={() => void edits.unarchive(selected())}>
            Unarchive
          </Button>
        </Show>
        <Button look="quiet" class="bulk-bar-delete" onClick={() => void edits.remove(selected())}>
          Delete
        </Button>
      </Show>
      <IconButton class="bulk-bar-clear" label="Select no run" onClick={selection.clear}>
        <X size={14} />
      </IconButton>
      <Switch>
        <Match when={asking() === 'tag'}>
          <TagDialog
            count={selected().length}
            known={tagKeys()}
            onTag={(key, value) => void edits.setTag(selected(), key, value)}
            onClose={close}
          />
        </Match>
        <Match when={asking() === 'group'}>
          <GroupDialog
            count={selected().length}
            onGroup={(group) => void edits.setGroup(selected(), group)}
            onClose={close}
          />
        </Match>
        <Match when={asking() === 'color'}>
          <ColorDialog
            count={selected().length}
            onPick={(color) => void edits.setColor(selected(), color)}
            onClose={close}
          />
        </Match>
        <Match when={asking() === 'rename' && single()}>
          {(runId) => (
            <RenameDialog
              name={String(cells.value(runId(), NAME_COLUMN) ?? '')}
              onRename={(name) => void edits.rename(runId(), name)}
              onClose={close}
            />
          )}
        </Match>
      </Switch>
    </div>
  )
}
