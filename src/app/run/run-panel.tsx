import Maximize2 from 'lucide-solid/icons/maximize-2'
import Trash from 'lucide-solid/icons/trash'
import X from 'lucide-solid/icons/x'
import { createEffect, createMemo, on, onCleanup, Show } from 'solid-js'
import type { RunId } from '../../model/units.ts'
import { createEdits } from '../experiment/create-edits.ts'
import { createRunDetail } from '../experiment/create-run-detail.ts'
import { useToasts } from '../shell/create-toasts.ts'
import { useTracker } from '../tracker/tracker.ts'
import { Button } from '../../widgets/button.tsx'
import { IconButton } from '../../widgets/icon-button.tsx'
import { NameEdit } from '../../widgets/text-edit.tsx'
import { ColorPicker } from '../experiment/color-picker.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import { RunDeeds } from './run-deeds.tsx'
import { Environment, Life, Refusals, Values } from './run-sections.tsx'
import { Notes } from '../shell/notes.tsx'
import './run-panel.css'

interface RunPanelProps {
  readonly runId: RunId
  onExpand(): void
  onClose(): void
}

/** Everything known of one run, beside the charts. */
export function RunPanel(props: RunPanelProps) {
  const { database, runs, readOnly, workspace } = useExperiment()
  const tracker = useTracker()
  const edits = createEdits(tracker, workspace.history, useToasts())
  const { detail, failure } = createRunDetail(tracker, () => ({ database, runId: props.runId }))
  const current = createMemo(() => (detail()?.run.id === props.runId ? detail() : undefined))
  let panel: HTMLElement | undefined
  /** Where the keyboard was when it went in. */
  let cameFrom: HTMLElement | null = null
  createEffect(
    on(
      () => props.runId,
      () => {
        const focused = document.activeElement
        if (!(focused instanceof HTMLElement) || !focused.matches('[data-row-focus]:focus-visible')) return
        cameFrom = focused
        panel?.focus()
      },
    ),
  )
  onCleanup(() => {
    const focused = document.activeElement
    if (panel?.contains(focused) === true || focused === document.body) cameFrom?.focus()
  })

  return (
    <aside class="run-panel" aria-label="Run overview" tabindex={-1} ref={(element) => (panel = element)}>
      <header class="run-panel-head">
        <Show
          when={current()}
          fallback={
            <h2 class="run-panel-title">{runs.runs()?.find((run) => run.id === props.runId)?.name}</h2>
          }
        >
          {(known) => (
            <Show when={!readOnly} fallback={<h2 class="run-panel-title">{known().run.name}</h2>}>
              <NameEdit
                label="Run name"
                value={known().run.name}
                begin={(before) => edits.rename(known().run.id, before)}
              />
            </Show>
          )}
        </Show>
        <IconButton label="Show the run on a page of its own" onClick={() => props.onExpand()}>
          <Maximize2 size={15} />
        </IconButton>
        <IconButton label="Close the overview" onClick={() => props.onClose()}>
          <X size={16} />
        </IconButton>
      </header>
      <Show when={failure()}>{(message) => <p class="run-panel-problem">{message()}</p>}</Show>
      <Show when={current()}>
        {(known) => (
          <div class="run-panel-body">
            <Life detail={known()} />
            <RunDeeds run={known().run} />
            <Refusals detail={known()} />
            <Show when={!readOnly}>
              <ColorPicker
                value={known().run.color}
                onPick={(color) => void edits.setColor(known().run.id, color, known().run.color)}
              />
            </Show>
            <Notes
              notes={known().run.notes}
              readOnly={readOnly}
              begin={(before) => edits.writeNotes(known().run.id, before)}
            />
            <Values detail={known()} />
            <Environment detail={known()} />
            <Show when={!readOnly}>
              <Button
                look="danger"
                class="run-panel-delete"
                onClick={() => {
                  void edits.remove(props.runId, known().run.name).then((removed) => {
                    if (removed) props.onClose()
                  })
                }}
              >
                <Trash size={14} />
                Delete run
              </Button>
            </Show>
          </div>
        )}
      </Show>
    </aside>
  )
}
