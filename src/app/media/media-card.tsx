import Maximize2 from 'lucide-solid/icons/maximize-2'
import Minimize2 from 'lucide-solid/icons/minimize-2'
import { createMemo, createSignal, createUniqueId, For, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { RunId } from '../../model/units.ts'
import type { MediaCardsState } from './create-media-cards.ts'
import { createMediaEntries } from './create-media-entries.ts'
import type { RunRow } from '../experiment/create-runs.ts'
import type { MediaReader } from './media-reader.ts'
import { shownAt, stepsOf } from './media-steps.ts'
import { metricName } from '../experiment/metric-sections.ts'
import { useTracker } from '../tracker/tracker.ts'
import { IconButton } from '../../widgets/icon-button.tsx'
import { IndexStepper } from '../../widgets/media/index-stepper.tsx'
import { StepSlider } from '../../widgets/media/step-slider.tsx'
import { Segmented } from '../../widgets/segmented.tsx'
import { createNearness } from '../shell/create-nearness.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { viewOf } from './kinds.tsx'
import { MediaRun } from './media-run.tsx'
import './media-card.css'

interface MediaCardProps {
  readonly mediaKey: string
  /** The drawn ones that have something under the key. */
  readonly runs: readonly RunRow[]
  readonly cards: MediaCardsState
  readonly reader: MediaReader
  /** Whether it has the screen to itself. */
  readonly isExpanded: boolean
}

/** What the drawn runs logged under one key, side by side at one step. */
export function MediaCard(props: MediaCardProps) {
  const { database, media } = useExperiment()
  const nameId = createUniqueId()
  const key = props.mediaKey
  const near = createNearness()
  const [hidden, setHidden] = createSignal<ReadonlySet<string>>(new Set())
  const logged = createMemo(() => media.table()?.get(key))
  const counts = createMemo<ReadonlyMap<RunId, number>>(
    () => new Map(props.runs.map(({ id }) => [id, logged()?.get(id)?.count ?? 0])),
    new Map(),
    { equals: (a, b) => a.size === b.size && [...a].every(([id, count]) => b.get(id) === count) },
  )
  const { entries, failure } = createMediaEntries(useTracker(), database, key, counts)
  const options = createMemo(() => props.cards.options(key))
  const steps = createMemo(() =>
    stepsOf(props.runs.flatMap(({ id }) => (entries().has(id) ? [entries().get(id) ?? []] : []))),
  )
  const hasSteps = createMemo(() => steps().length > 1)
  /** A chosen one counts where there is a choice. */
  const step = createMemo(() => (hasSteps() ? options().step : null) ?? steps().at(-1) ?? 0)
  const shownByRun = createMemo(
    () =>
      new Map(
        props.runs.map(({ id }) => [id, shownAt(entries().get(id) ?? [], step(), options().index)] as const),
      ),
  )
  const most = createMemo(() => Math.max(1, ...[...shownByRun().values()].map((shown) => shown?.count ?? 0)))
  const kind = createMemo(() => logged()?.get(props.runs[0]?.id ?? '')?.kind)
  const looks = createMemo(() => {
    const shown = kind()
    return shown === undefined ? [] : viewOf(shown).looks
  })
  const look = createMemo(() => {
    const asked = options().look
    return looks().some(({ value }) => value === asked) ? asked : (looks()[0]?.value ?? '')
  })

  function toggle(name: string): void {
    setHidden(
      (known) => new Set(known.has(name) ? [...known].filter((each) => each !== name) : [...known, name]),
    )
  }

  return (
    <article
      class="media-card"
      classList={{ 'is-expanded': props.isExpanded, 'is-many': props.runs.length > 1 }}
      aria-label={key}
      data-kind={kind()}
    >
      <header class="media-card-head">
        <Dynamic component={props.isExpanded ? 'h2' : 'h3'} class="media-card-name" id={nameId} title={key}>
          <bdi>{props.isExpanded ? key : metricName(key)}</bdi>
        </Dynamic>
        <Show when={looks().length > 0}>
          <Segmented
            label={`How ${key} is shown`}
            showLabel={false}
            isSmall
            options={looks()}
            value={look()}
            onChange={(value) =>
              props.cards.setOptions(key, { look: value === looks()[0]?.value ? '' : value })
            }
          />
        </Show>
        <IconButton
          class="media-card-expand"
          label={props.isExpanded ? `Back to all charts from ${key}` : `Expand ${key}`}
          onClick={() => props.cards.expand(props.isExpanded ? null : key)}
        >
          {props.isExpanded ? <Minimize2 size={14} /> : <Maximize2 size={14} />}
        </IconButton>
      </header>
      <Show when={failure()}>{(message) => <p class="media-card-problem">{message()}</p>}</Show>
      <div class="media-card-runs">
        <For each={props.runs}>
          {(run) => (
            <div class="media-card-run" ref={(element) => near.observe(element, run.id)}>
              <Show when={near.has(run.id)}>
                <MediaRun
                  mediaKey={key}
                  run={run}
                  reader={props.reader}
                  entries={entries().get(run.id)}
                  shown={shownByRun().get(run.id)}
                  step={step()}
                  look={look()}
                  hidden={hidden()}
                  onToggle={toggle}
                />
              </Show>
            </div>
          )}
        </For>
      </div>
      <Show when={hasSteps() || most() > 1}>
        <footer class="media-card-foot">
          <Show when={hasSteps()}>
            <StepSlider
              label={key}
              steps={steps()}
              step={options().step}
              onStep={(chosen) => props.cards.setOptions(key, { step: chosen })}
            />
          </Show>
          <Show when={most() > 1}>
            <IndexStepper
              label={`Which of ${key} at this step`}
              index={Math.min(options().index, most() - 1)}
              count={most()}
              onIndex={(index) => props.cards.setOptions(key, { index })}
            />
          </Show>
        </footer>
      </Show>
    </article>
  )
}
