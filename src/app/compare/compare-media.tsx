import { createMemo, createSignal, For, Show } from 'solid-js'
import type { RunId } from '../../model/units.ts'
import { Button } from '../../widgets/button.tsx'
import { StepSlider } from '../../widgets/media/step-slider.tsx'
import { formatCount, formatPlural, formatValue } from '../../widgets/number-format.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import type { RunRow } from '../experiment/create-runs.ts'
import { createMediaEntries } from '../media/create-media-entries.ts'
import { createMediaReader } from '../media/media-reader.ts'
import { entriesAt, stepsOf, type MediaEntry } from '../media/media-steps.ts'
import { useTracker } from '../tracker/tracker.ts'
import { CompareChoice } from './compare-choice.tsx'
import { useCompare } from './compare-context.ts'
import { CompareMediaRun, contentOf, isHistogram, isImage } from './compare-media-run.tsx'
import { CompareHint } from './compare-note.tsx'
import { Section } from './compare-section.tsx'
import { createRunMedia } from './create-run-media.ts'
import { comparedMedia, comparedWord } from './media-keys.ts'
import { histogramScales, sharedEnds } from './shared-scales.ts'
import './compare-media.css'

/** So many runs, and of each so much of a step, are shown at first, and more each time they are asked for. */
const PAGE_RUNS = 24
const PAGE_ENTRIES = 24

/** What runs logged to be looked at under one key, on scales that all of them share. */
export function CompareMedia() {
  const { view, change, runs } = useCompare()
  const { media } = useExperiment()
  const having = createMemo(() => comparedMedia(media.table(), runs()))
  const keys = createMemo(() => [...having().keys()])
  const chosen = createMemo(() => keys().find((key) => key === view.media.key) ?? keys()[0])
  return (
    <Section
      section="media"
      tools={
        <CompareChoice label="Show">
          <select
            class="inline-select"
            onChange={({ currentTarget }) =>
              change('Choose what is shown of runs', { media: { key: currentTarget.value, step: null } })
            }
          >
            <For each={keys()}>
              {(key) => (
                <option value={key} selected={key === chosen()}>
                  {key}
                </option>
              )}
            </For>
          </select>
        </CompareChoice>
      }
    >
      <Show when={chosen()} keyed>
        {(key) => <SideBySide mediaKey={key} runs={having().get(key) ?? []} />}
      </Show>
    </Section>
  )
}

function SideBySide(props: { readonly mediaKey: string; readonly runs: readonly RunRow[] }) {
  const { view, change } = useCompare()
  const { database, media } = useExperiment()
  const tracker = useTracker()
  const key = props.mediaKey
  const [mostRuns, setMostRuns] = createSignal(PAGE_RUNS)
  const [mostEntries, setMostEntries] = createSignal(PAGE_ENTRIES)
  const shownRuns = createMemo(() => props.runs.slice(0, mostRuns()))
  const counts = createMemo<ReadonlyMap<RunId, number>>(
    () => new Map(shownRuns().map(({ id }) => [id, media.table()?.get(key)?.get(id)?.count ?? 0])),
    new Map(),
    { equals: (a, b) => a.size === b.size && [...a].every(([id, count]) => b.get(id) === count) },
  )
  const { entries, failure } = createMediaEntries(tracker, database, key, counts)
  const steps = createMemo(() => stepsOf(shownRuns().map(({ id }) => entries().get(id) ?? [])))
  const step = (): number => view.media.step ?? steps().at(-1) ?? 0
  const ofStep = createMemo<ReadonlyMap<RunId, readonly MediaEntry[]>>(
    () => new Map(shownRuns().map(({ id }) => [id, entriesAt(entries().get(id) ?? [], step())])),
  )
  const most = createMemo(() => [...ofStep().values()].reduce((count, all) => Math.max(count, all.length), 0))
  const shown = createMemo(() => new Map([...ofStep()].map(([id, all]) => [id, all.slice(0, mostEntries())])))
  const read = createRunMedia(
    createMediaReader(tracker, database),
    createMemo(() => new Map([...shown()].map(([id, all]) => [id, all.map((entry) => ({ key, entry }))]))),
  )
  const word = (id: RunId | undefined): string =>
    comparedWord(id === undefined ? undefined : media.table()?.get(key)?.get(id)?.kind) ?? ''
  const [hidden, setHidden] = createSignal<ReadonlySet<string>>(new Set())
  const toggle = (name: string): void => {
    setHidden(
      (known) => new Set(known.has(name) ? [...known].filter((each) => each !== name) : [...known, name]),
    )
  }
  const contents = createMemo(() =>
    shownRuns().flatMap(({ id }) => (read().get(id) ?? []).flatMap((each) => contentOf(each) ?? [])),
  )
  const scales = createMemo(() => histogramScales(contents().filter(isHistogram)))
  const ends = createMemo(() =>
    sharedEnds(
      contents()
        .filter(isImage)
        .map(({ range }) => range),
    ),
  )

  return (
    <>
      <CompareHint isStatus>
        {[
          `${shownRuns().length < props.runs.length ? `${formatCount(shownRuns().length)} of ` : ''}${formatPlural(props.runs.length, 'run')}`,
          ...(ends() === null
            ? []
            : [`pictures of numbers from ${(ends() ?? []).map((end) => formatValue(end)).join(' to ')}`]),
          ...(scales() === null ? [] : [`up to ${formatCount(scales()?.most ?? 0)} in a bin`]),
        ].join(', ')}
      </CompareHint>
      <Show when={failure()}>{(message) => <CompareHint>{message()}</CompareHint>}</Show>
      <Show when={steps().length > 1}>
        <StepSlider
          label={key}
          steps={steps()}
          step={view.media.step}
          onStep={(chosen) =>
            change(`Choose a step of ${key}`, { media: { key, step: chosen } }, `media ${key}`)
          }
        />
      </Show>
      <div class="compare-media" classList={{ 'is-many': most() > 1 }}>
        <For each={shownRuns()}>
          {(run) => (
            <CompareMediaRun
              mediaKey={key}
              run={run}
              word={word(run.id)}
              entries={shown().get(run.id) ?? []}
              count={ofStep().get(run.id)?.length ?? 0}
              step={step()}
              reads={read().get(run.id) ?? []}
              ends={ends()}
              scales={scales()}
              hidden={hidden()}
              onToggle={toggle}
            />
          )}
        </For>
      </div>
      <Show when={most() > mostEntries()}>
        <More
          words={`Up to ${formatPlural(most() - mostEntries(), word(shownRuns()[0]?.id))} of each run are not shown.`}
          of="of each run"
          onMore={() => setMostEntries(mostEntries() + PAGE_ENTRIES)}
        />
      </Show>
      <Show when={props.runs.length > mostRuns()}>
        <More
          words={`${formatCount(props.runs.length - mostRuns())} of ${formatPlural(props.runs.length, 'run')} are not shown.`}
          of="runs"
          onMore={() => setMostRuns(mostRuns() + PAGE_RUNS)}
        />
      </Show>
    </>
  )
}

function More(props: { readonly words: string; readonly of: string; onMore(): void }) {
  return (
    <p class="compare-media-more">
      {props.words}
      <Button look="quiet" onClick={() => props.onMore()}>
        Show more {props.of}
      </Button>
    </p>
  )
}
