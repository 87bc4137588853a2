import Trash from 'lucide-solid/icons/trash'
import X from 'lucide-solid/icons/x'
import { createMemo, For, Show, type JSX } from 'solid-js'
import type { RunId } from '../model/units.ts'
import { createEdits } from '../state/create-edits.ts'
import { createRunDetail } from '../state/create-run-detail.ts'
import { useToasts } from '../state/create-toasts.ts'
import { useTracker } from '../state/tracker.ts'
import type { RunDetail } from '../protocol/tracker-api.ts'
import { Button, IconButton } from '../widgets/button.tsx'
import { FactTable } from '../widgets/fact-table.tsx'
import { LiveDot } from '../widgets/live-dot.tsx'
import { NameEdit, TextEdit } from '../widgets/text-edit.tsx'
import { ColorPicker } from './color-picker.tsx'
import { createClock } from './create-clock.ts'
import { useExperiment } from './experiment-context.ts'
import { flattenFacts, paramsToFacts, type Fact } from './json-words.ts'
import { arrayFacts, lifeFacts, refusalWords } from './run-facts.ts'
import { RunMetrics } from './run-metrics.tsx'
import { statusWords } from './run-words.ts'
import './run-panel.css'

interface RunPanelProps {
  readonly runId: RunId
  onClose(): void
}

/** Everything known of one run. */
export function RunPanel(props: RunPanelProps) {
  const { database, runs, readOnly } = useExperiment()
  const tracker = useTracker()
  const edits = createEdits(tracker, useToasts())
  const { detail, failure } = createRunDetail(tracker, () => ({ database, runId: props.runId }))
  const current = createMemo(() => (detail()?.run.id === props.runId ? detail() : undefined))

  return (
    <aside class="run-panel" aria-label="Run overview">
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
                onCommit={(name) => edits.rename(props.runId, name)}
              />
            </Show>
          )}
        </Show>
        <IconButton label="Close the overview" onClick={() => props.onClose()}>
          <X size={16} />
        </IconButton>
      </header>
      <Show when={failure()}>{(message) => <p class="run-panel-problem">{message()}</p>}</Show>
      <Show when={current()}>
        {(known) => (
          <div class="run-panel-body">
            <Life detail={known()} />
            <Show when={known().refusals.length > 0}>
              <ul class="run-panel-refusals" aria-label="Refused values">
                <For each={known().refusals}>{(refusal) => <li>{refusalWords(refusal)}</li>}</For>
              </ul>
            </Show>
            <Show when={!readOnly}>
              <ColorPicker value={known().run.color} onPick={(color) => edits.setColor(props.runId, color)} />
            </Show>
            <Facts title="Params" facts={paramsToFacts(known().params)} />
            <RunMetrics series={known().series} />
            <Facts title="Arrays" facts={arrayFacts(known().arrays)} />
            <Facts title="Summary" facts={paramsToFacts(known().summary)} />
            <Facts title="Tags" facts={paramsToFacts(known().tags)} />
            <Notes
              detail={known()}
              readOnly={readOnly}
              onCommit={(notes) => edits.setNotes(props.runId, notes)}
            />
            <Facts title="Environment" facts={flattenFacts(known().run.environment)} />
            <Show when={!readOnly}>
              <Button
                look="danger"
                class="run-panel-remove"
                onClick={() => {
                  void edits.remove(props.runId, known().run.name).then((removed) => {
                    if (removed) props.onClose()
                  })
                }}
              >
                <Trash size={14} />
                Remove run
              </Button>
            </Show>
          </div>
        )}
      </Show>
    </aside>
  )
}

function Life(props: { readonly detail: RunDetail }) {
  const { readOnly } = useExperiment()
  const isLive = (): boolean => props.detail.run.status === 'running' && !readOnly
  const now = createClock(isLive)
  return (
    <>
      <p class="run-panel-status" classList={{ 'is-bad': props.detail.run.status === 'failed' }}>
        <Show when={isLive()}>
          <LiveDot label="live" />
        </Show>
        {statusWords(props.detail.run.status, readOnly)}
      </p>
      <FactTable label="When" facts={lifeFacts(props.detail, now(), readOnly)} />
    </>
  )
}

function Section(props: { readonly title: string; readonly children: JSX.Element }) {
  return (
    <section class="run-panel-section">
      <h3 class="run-panel-section-name">{props.title}</h3>
      {props.children}
    </section>
  )
}

function Facts(props: { readonly title: string; readonly facts: readonly Fact[] }) {
  return (
    <Show when={props.facts.length > 0}>
      <Section title={props.title}>
        <FactTable label={props.title} facts={props.facts} />
      </Section>
    </Show>
  )
}

interface NotesProps {
  readonly detail: RunDetail
  readonly readOnly: boolean
  onCommit(notes: string): void
}

function Notes(props: NotesProps) {
  return (
    <Show when={!props.readOnly || props.detail.run.notes !== ''}>
      <Section title="Notes">
        <Show when={!props.readOnly} fallback={<p class="run-panel-notes">{props.detail.run.notes}</p>}>
          <TextEdit
            label="Notes"
            value={props.detail.run.notes}
            placeholder="What was tried, what came out"
            onCommit={(notes) => props.onCommit(notes)}
          />
        </Show>
      </Section>
    </Show>
  )
}
