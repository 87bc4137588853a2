import { createSignal, ErrorBoundary, For, Show, Suspense, type JSX } from 'solid-js'
import type { RunDetail } from '../../protocol/tracker-api.ts'
import { Button } from '../../widgets/button.tsx'
import { FactTable } from '../../widgets/fact-table.tsx'
import { LiveDot } from '../../widgets/live-dot.tsx'
import { PausedDot } from '../../widgets/paused-dot.tsx'
import { TextEdit } from '../../widgets/text-edit.tsx'
import { createClock } from '../shell/create-clock.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { ForkedFrom } from './forked-from.tsx'
import { paramsToFacts, type Fact } from '../shell/json-words.ts'
import { lazyView } from '../shell/lazy-view.ts'
import { arrayFacts, failureOf, lifeFacts, refusalWords } from './run-facts.ts'
import { RunEnvironment } from './run-environment.tsx'
import { RunMetrics } from './run-metrics.tsx'
import { statusWords } from '../experiment/run-words.ts'
import './run-sections.css'

const Markdown = lazyView(async () => (await import('../shell/markdown.tsx')).Markdown)

/** Longer notes are shown as plain text: laying them out would hold up the page. Unit: UTF-16 code units. */
const MAX_MARKDOWN = 100_000

/** Whether the run lives, since when, and how much it logged. */
export function Life(props: { readonly detail: RunDetail }) {
  const { control, readOnly } = useExperiment()
  const isPaused = (): boolean => isLive() && control.standing(props.detail.run.id)?.state === 'paused'
  const isLive = (): boolean => props.detail.run.status === 'running' && !readOnly
  const now = createClock(isLive)
  return (
    <>
      <p class="run-status" classList={{ 'is-bad': props.detail.run.status === 'failed' }}>
        <Show when={isLive()}>
          <Show when={isPaused()} fallback={<LiveDot label="live" />}>
            <PausedDot />
          </Show>
        </Show>
        {isPaused() ? 'paused' : statusWords(props.detail.run.status, readOnly)}
      </p>
      <ForkedFrom run={props.detail.run} />
      <Show when={failureOf(props.detail)}>
        {(failure) => (
          <pre class="run-failure" tabindex={0} aria-label="What ended it">
            {failure()}
          </pre>
        )}
      </Show>
      <FactTable label="When" facts={lifeFacts(props.detail, now(), readOnly)} />
    </>
  )
}

/** Values that were refused, and why. */
export function Refusals(props: { readonly detail: RunDetail }) {
  return (
    <Show when={props.detail.refusals.length > 0}>
      <ul class="run-refusals" aria-label="Refused values">
        <For each={props.detail.refusals}>{(refusal) => <li>{refusalWords(refusal)}</li>}</For>
      </ul>
    </Show>
  )
}

/** What went in and what came out. */
export function Values(props: { readonly detail: RunDetail }) {
  return (
    <>
      <Facts title="Params" facts={paramsToFacts(props.detail.params)} />
      <RunMetrics series={props.detail.series} />
      <Facts title="Arrays" facts={arrayFacts(props.detail.arrays)} />
      <Facts title="Summary" facts={paramsToFacts(props.detail.summary)} />
      <Facts title="Tags" facts={paramsToFacts(props.detail.tags)} />
    </>
  )
}

export function Environment(props: { readonly detail: RunDetail }) {
  return <RunEnvironment environment={props.detail.run.environment} />
}

function Section(props: { readonly title: string; readonly children: JSX.Element }) {
  return (
    <section class="run-section">
      <h3 class="run-section-name">{props.title}</h3>
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
  readonly notes: string
  readonly readOnly: boolean
  onCommit(notes: string): void
}

/** What somebody wrote of the run, in Markdown. */
export function Notes(props: NotesProps) {
  const [isEditing, setEditing] = createSignal(false)
  return (
    <Show when={!props.readOnly || props.notes !== ''}>
      <Section title="Notes">
        <Show
          when={isEditing() || (props.notes === '' && !props.readOnly)}
          fallback={
            <>
              <Written text={props.notes} />
              <Show when={!props.readOnly}>
                <Button look="quiet" class="run-notes-edit" onClick={() => setEditing(true)}>
                  Edit the notes
                </Button>
              </Show>
            </>
          }
        >
          <TextEdit
            label="Notes"
            value={props.notes}
            placeholder="What was tried, what came out. Markdown."
            onCommit={(notes) => {
              setEditing(false)
              props.onCommit(notes)
            }}
            {...(isEditing() ? { onClose: () => setEditing(false) } : {})}
          />
        </Show>
      </Section>
    </Show>
  )
}

function Written(props: { readonly text: string }) {
  const plain = (): JSX.Element => <p class="run-notes-plain">{props.text}</p>
  return (
    <Show when={props.text.length <= MAX_MARKDOWN} fallback={plain()}>
      <ErrorBoundary fallback={plain()}>
        <Suspense>
          <Markdown text={props.text} />
        </Suspense>
      </ErrorBoundary>
    </Show>
  )
}
