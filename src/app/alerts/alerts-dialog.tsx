import Pencil from 'lucide-solid/icons/pencil'
import Plus from 'lucide-solid/icons/plus'
import Trash from 'lucide-solid/icons/trash'
import Undo2 from 'lucide-solid/icons/undo-2'
import { createSignal, For, Show } from 'solid-js'
import type { AlertRule } from '../../model/alert.ts'
import { createId, type RunId } from '../../model/units.ts'
import { Button } from '../../widgets/button.tsx'
import { IconButton } from '../../widgets/icon-button.tsx'
import { Dialog } from '../../widgets/dialog.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import { AlertForm } from './alert-form.tsx'
import type { UnreadAlert } from './create-unread-alerts.ts'
import { ruleWords, unknownWords } from './alert-words.ts'
import { NotifyMe } from './notify-me.tsx'
import './alerts-dialog.css'

interface AlertsDialogProps {
  /** Raised since somebody looked last. */
  readonly unread: readonly UnreadAlert[]
  onShow(runId: RunId): void
  onClose(): void
}

/** What is watched in every run of the experiment. */
export function AlertsDialog(props: AlertsDialogProps) {
  const { arrangement, series, workspace } = useExperiment()
  const { history } = workspace
  /** The rule that is changed, `new` for one more; null while the list is looked at. */
  const [editing, setEditing] = createSignal<string | null>(null)
  const [hasChanged, setChanged] = createSignal(false)

  function set(id: string, rule: AlertRule | null): void {
    arrangement.setAlert(id, rule)
    setChanged(true)
    setEditing(null)
  }
  const isEmpty = (): boolean => arrangement.alerts().length === 0

  return (
    <Dialog title="Alerts" onClose={() => props.onClose()}>
      <Show when={props.unread.length > 0}>
        <ul class="alerts-dialog-list" aria-label="Raised since you looked last">
          <For each={props.unread}>
            {({ runId, runName, text }) => (
              <li class="alerts-dialog-row">
                <p class="alerts-dialog-row-text">
                  {runName}: {text}
                </p>
                <Button look="quiet" onClick={() => props.onShow(runId)}>
                  Show run
                </Button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <p class="alerts-dialog-words">
        Rules are held against every run of the experiment while it logs. What they say is kept with the run.
      </p>
      <Show when={!isEmpty()}>
        <ul class="alerts-dialog-list" aria-label="Alerts of the experiment">
          <For each={arrangement.alerts()}>
            {({ id, rule }) => (
              <li class="alerts-dialog-row">
                <Show
                  when={editing() !== id}
                  fallback={
                    <AlertForm
                      rule={rule}
                      onSave={(next) => set(id, next)}
                      onClose={() => setEditing(null)}
                    />
                  }
                >
                  <div class="alerts-dialog-row-text">
                    <p>{ruleWords(rule)}</p>
                    <Show when={rule.stops}>
                      <p class="alerts-dialog-row-words">stops the run</p>
                    </Show>
                    <Show when={unknownWords(rule.metric, series.keys())}>
                      {(words) => <p class="alerts-dialog-row-words is-unknown">{words()}</p>}
                    </Show>
                  </div>
                  <IconButton label={`Edit the alert on ${rule.metric}`} onClick={() => setEditing(id)}>
                    <Pencil size={14} />
                  </IconButton>
                  <IconButton label={`Remove the alert on ${rule.metric}`} onClick={() => set(id, null)}>
                    <Trash size={14} />
                  </IconButton>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show
        when={editing() !== 'new'}
        fallback={
          <AlertForm rule={null} onSave={(rule) => set(createId(), rule)} onClose={() => setEditing(null)} />
        }
      >
        <div class="alerts-dialog-foot">
          <Button onClick={() => setEditing('new')}>
            <Plus size={14} />
            Add an alert
          </Button>
          <Show when={hasChanged() && history.undoLabel()}>
            {(label) => (
              <Button look="quiet" title={`Undo: ${label()}`} onClick={() => history.undo()}>
                <Undo2 size={14} />
                Undo
              </Button>
            )}
          </Show>
        </div>
      </Show>
      <NotifyMe />
    </Dialog>
  )
}
