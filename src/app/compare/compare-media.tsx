import { createEffect, createMemo, createSignal, For, Match, on, Show, Switch } from 'solid-js'
import type { HistogramContent } from '../../model/media-content/histogram-content.ts'
import type { ImageContent } from '../../model/media-content/image-content.ts'
import type { MediaContent } from '../../model/media-content/media-content.ts'
import type { Result } from '../../model/result.ts'
import type { RunId } from '../../model/units.ts'
import { HistogramPlot } from '../../widgets/media/histogram-plot.tsx'
import { ImageView } from '../../widgets/media/image-view.tsx'
import { StepSlider } from '../../widgets/media/step-slider.tsx'
import { formatCount, formatPlural, formatStep, formatValue } from '../../widgets/number-format.ts'
import { RunDot } from '../../widgets/run-dot.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import type { RunRow } from '../experiment/create-runs.ts'
import { createMediaEntries } from '../media/create-media-entries.ts'
import { createMediaReader, type MediaAddress, type ReadMedia } from '../media/media-reader.ts'
import { shownAt, stepsOf, type ShownEntry } from '../media/media-steps.ts'
import { useTracker } from '../tracker/tracker.ts'
import { CompareChoice } from './compare-choice.tsx'
import { useCompare } from './compare-context.ts'
import { CompareHint } from './compare-note.tsx'
import { Section } from './compare-section.tsx'
import { createRunMedia } from './create-run-media.ts'
import { comparedMedia } from './media-keys.ts'
import { histogramScales, sharedEnds, type HistogramScales } from './shared-scales.ts'
import './compare-media.css'

/** More runs than this are not looked at side by side. */
const MAX_RUNS = 24

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
  const shownRuns = createMemo(() => props.runs.slice(0, MAX_RUNS))
  const counts = createMemo<ReadonlyMap<RunId, number>>(
    () => new Map(shownRuns().map(({ id }) => [id, media.table()?.get(key)?.get(id)?.count ?? 0])),
    new Map(),
    { equals: (a, b) => a.size === b.size && [...a].every(([id, count]) => b.get(id) === count) },
  )
  const { entries, failure } = createMediaEntries(tracker, database, key, counts)
  const steps = createMemo(() => stepsOf(shownRuns().map(({ id }) => entries().get(id) ?? [])))
  const step = (): number => view.media.step ?? steps().at(-1) ?? 0
  const shown = createMemo(
    () => new Map(shownRuns().map(({ id }) => [id, shownAt(entries().get(id) ?? [], step(), 0)] as const)),
  )
  const read = createRunMedia(
    createMediaReader(tracker, database),
    createMemo(
      () =>
        new Map(
          [...shown()].flatMap(([id, at]): readonly (readonly [RunId, MediaAddress])[] =>
            at === undefined ? [] : [[id, { key, entry: at.entry }]],
          ),
        ),
    ),
  )
  const [hidden, setHidden] = createSignal<ReadonlySet<string>>(new Set())
  const toggle = (name: string): void => {
    setHidden(
      (known) => new Set(known.has(name) ? [...known].filter((each) => each !== name) : [...known, name]),
    )
  }
  const contents = createMemo(() => shownRuns().flatMap(({ id }) => contentOf(read().get(id)) ?? []))
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
          ...(props.runs.length > MAX_RUNS
            ? [`The first ${MAX_RUNS} of ${formatPlural(props.runs.length, 'run')}`]
            : [formatPlural(props.runs.length, 'run')]),
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
      <div class="compare-media">
        <For each={shownRuns()}>
          {(run) => (
            <OneRun
              mediaKey={key}
              run={run}
              at={shown().get(run.id)}
              step={step()}
              read={read().get(run.id)}
              ends={ends()}
              scales={scales()}
              hidden={hidden()}
              onToggle={toggle}
            />
          )}
        </For>
      </div>
    </>
  )
}

interface OneRunProps {
  readonly mediaKey: string
  readonly run: RunRow
  readonly at: ShownEntry | undefined
  /** The one that was chosen. */
  readonly step: number
  /** Undefined until it was read. */
  readonly read: Result<ReadMedia, string> | undefined
  /** Those of all runs. */
  readonly ends: readonly [black: number, white: number] | null
  readonly scales: HistogramScales | null
  /** Classes of pictures that were taken away. */
  readonly hidden: ReadonlySet<string>
  onToggle(name: string): void
}

/** What one of the runs has at the chosen step, or the nearest before it. */
function OneRun(props: OneRunProps) {
  const { run } = props
  const [drawProblem, setDrawProblem] = createSignal<string | null>(null)
  const label = (): string =>
    `${props.mediaKey} of ${run.label}, step ${formatStep(props.at?.entry.step ?? 0)}`
  const content = createMemo(() => contentOf(props.read))
  createEffect(on(content, () => setDrawProblem(null), { defer: true }))
  const problem = (): string | null => {
    const { read } = props
    if (read === undefined) return null
    if (!read.ok) return read.error
    const reason = read.value.content.ok ? drawProblem() : read.value.content.error
    return reason === null ? null : `This cannot be shown: ${reason}.`
  }
  return (
    <article class="compare-media-run" aria-label={run.label}>
      <h3 class="compare-media-name" title={run.label}>
        <RunDot color={run.style.color} stroke={run.style.stroke} />
        <bdi class="compare-media-text">{run.label}</bdi>
        <span class="compare-media-step">{stepWords(props.at, props.step)}</span>
      </h3>
      <Show when={problem()}>{(words) => <CompareHint>{words()}</CompareHint>}</Show>
      <Switch>
        <Match when={imageOf(content())}>
          {(image) => (
            <ImageView
              content={image()}
              label={label()}
              look="fit"
              shared={props.ends}
              hidden={props.hidden}
              onToggle={props.onToggle}
              onProblem={setDrawProblem}
            />
          )}
        </Match>
        <Match when={histogramOf(content())}>
          {(histogram) => (
            <HistogramPlot
              content={histogram()}
              label={label()}
              color={run.style.color}
              shared={props.scales}
            />
          )}
        </Match>
      </Switch>
    </article>
  )
}

function contentOf(read: Result<ReadMedia, string> | undefined): MediaContent | null {
  return read?.ok === true && read.value.content.ok ? read.value.content.value : null
}

function stepWords(at: ShownEntry | undefined, step: number): string {
  if (at === undefined) return `nothing up to step ${formatStep(step)}`
  return `step ${formatStep(at.entry.step)}${at.count > 1 ? `, ${at.index + 1} of ${formatCount(at.count)}` : ''}`
}

function isImage(content: MediaContent): content is ImageContent {
  return content.kind === 'image'
}

function isHistogram(content: MediaContent): content is HistogramContent {
  return content.kind === 'histogram'
}

function imageOf(content: MediaContent | null): ImageContent | null {
  return content !== null && isImage(content) ? content : null
}

function histogramOf(content: MediaContent | null): HistogramContent | null {
  return content !== null && isHistogram(content) ? content : null
}
