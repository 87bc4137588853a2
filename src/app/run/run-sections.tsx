import { For, Show } from 'solid-js'
import type { RunDetail } from '../../protocol/runs-api.ts'
import { FactTable } from '../../widgets/fact-table.tsx'
import { LiveDot } from '../../widgets/live-dot.tsx'
import { PausedDot } from '../../widgets/paused-dot.tsx'
import { TitledSection } from '../../widgets/titled-section.tsx'
import { createClock } from '../shell/create-clock.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { ForkedFrom } from './forked-from.tsx'
import { paramsToFacts, type Fact } from '../shell/json-words.ts'
import { arrayFacts, failureOf, lifeFacts } from './run-facts.ts'
import { refusalWords } from '../experiment/refusal-line.ts'
import { RunEnvironment } from './run-environment.tsx'
import { RunMetrics } from './run-metrics.tsx'
import { statusWords } from '../experiment/run-words.ts'
import './run-sections.css'

/** Whether the run lives, since when, and how much it logged. */
export function Life(props: { readonly detail: RunDetail }) {
  const { control, readOnly } = useExperiment()
  const isPaused = (): boolean => isLive() && control.standing(props.detail.run.id)?.state === 'paused'
  const isLive = (): boolean => props.detail.run.status === 'running' && !readOnly
  const now = createClock(isLive)
  return (
    <>
      <p class="run-sections-status" classList={{ 'is-bad': props.detail.run.status === 'failed' }}>
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
          <pre class="run-sections-failure" tabindex={0} aria-label="What ended it">
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
      <ul class="run-sections-refusals" aria-label="Refused values">
        <For each={props.detail.refusals}>{(refusal) => <li>{refusalWords(refusal)}</li>}</For>
      </ul>
    </Show>
  )
}

/** What went in and what came out. */
export function Values(props: { readonly detail: RunDetail }) {
  return (
    <>
      <Facts title="Params" facts={paramsToFacts(props.detail.params, props.detail.paramChanges)} />
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

function Facts(props: { readonly title: string; readonly facts: readonly Fact[] }) {
  return (
    <Show when={props.facts.length > 0}>
      <TitledSection title={props.title}>
        <FactTable label={props.title} facts={props.facts} />
      </TitledSection>
    </Show>
  )
}
