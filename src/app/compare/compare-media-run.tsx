import { createEffect, createMemo, createSignal, Index, Match, on, Show, Switch } from 'solid-js'
import type { HistogramContent } from '../../model/media-content/histogram-content.ts'
import type { ImageContent } from '../../model/media-content/image-content.ts'
import type { MediaContent } from '../../model/media-content/media-content.ts'
import type { Result } from '../../model/result.ts'
import { HistogramPlot } from '../../widgets/media/histogram-plot.tsx'
import { ImageView } from '../../widgets/media/image-view.tsx'
import { formatCount, formatPlural, formatStep } from '../../widgets/number-format.ts'
import { RunDot } from '../../widgets/run-dot.tsx'
import type { RunRow } from '../experiment/create-runs.ts'
import type { ReadMedia } from '../media/media-reader.ts'
import type { MediaEntry } from '../media/media-steps.ts'
import { CompareHint } from './compare-note.tsx'
import type { HistogramScales } from './shared-scales.ts'
import './compare-media-run.css'

interface Look {
  /** Those of all runs. */
  readonly ends: readonly [black: number, white: number] | null
  readonly scales: HistogramScales | null
  /** Classes of pictures that were taken away. */
  readonly hidden: ReadonlySet<string>
  onToggle(name: string): void
}

interface CompareMediaRunProps extends Look {
  readonly mediaKey: string
  readonly run: RunRow
  /** What one of them is called. */
  readonly word: string
  /** Those of the chosen step, or the nearest before it, that are shown, and how many there are. */
  readonly entries: readonly MediaEntry[]
  readonly count: number
  /** The one that was chosen. */
  readonly step: number
  /** Of the entries; missing until they were read. */
  readonly reads: readonly Result<ReadMedia, string>[]
}

/** What one of the runs has at the chosen step. */
export function CompareMediaRun(props: CompareMediaRunProps) {
  const { run } = props
  const step = (): number | undefined => props.entries[0]?.step
  const words = (): string => {
    const [at, shown] = [step(), props.entries.length]
    if (at === undefined) return `nothing up to step ${formatStep(props.step)}`
    const of = shown < props.count ? `${formatCount(shown)} of ` : ''
    return `step ${formatStep(at)}${props.count > 1 ? `, ${of}${formatPlural(props.count, props.word)}` : ''}`
  }
  const label = (place: number): string =>
    [
      `${props.mediaKey} of ${run.label}, step ${formatStep(step() ?? 0)}`,
      ...(props.count > 1 ? [`${formatCount(place + 1)} of ${formatCount(props.count)}`] : []),
    ].join(', ')
  return (
    <article class="compare-media-run" aria-label={run.label}>
      <h3 class="compare-media-run-name" title={run.label}>
        <RunDot color={run.style.color} stroke={run.style.stroke} />
        <bdi class="compare-media-run-text">{run.label}</bdi>
        <span class="compare-media-run-step">{words()}</span>
      </h3>
      <div class="compare-media-run-entries" classList={{ 'is-many': props.count > 1 }}>
        <Index each={props.reads}>
          {(read, place) => (
            <Entry
              read={read()}
              label={label(place)}
              color={run.style.color}
              ends={props.ends}
              scales={props.scales}
              hidden={props.hidden}
              onToggle={props.onToggle}
            />
          )}
        </Index>
      </div>
    </article>
  )
}

interface EntryProps extends Look {
  readonly read: Result<ReadMedia, string>
  readonly label: string
  readonly color: string
}

function Entry(props: EntryProps) {
  const [drawProblem, setDrawProblem] = createSignal<string | null>(null)
  const content = createMemo(() => contentOf(props.read))
  createEffect(on(content, () => setDrawProblem(null), { defer: true }))
  const problem = (): string | null => {
    const { read } = props
    if (!read.ok) return read.error
    const reason = read.value.content.ok ? drawProblem() : read.value.content.error
    return reason === null ? null : `This cannot be shown: ${reason}.`
  }
  return (
    <div class="compare-media-run-entry">
      <Show when={problem()}>{(words) => <CompareHint>{words()}</CompareHint>}</Show>
      <Switch>
        <Match when={imageOf(content())}>
          {(image) => (
            <ImageView
              content={image()}
              label={props.label}
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
              label={props.label}
              color={props.color}
              shared={props.scales}
            />
          )}
        </Match>
      </Switch>
    </div>
  )
}

/** Null where it could not be read or understood. */
export function contentOf(read: Result<ReadMedia, string>): MediaContent | null {
  return read.ok && read.value.content.ok ? read.value.content.value : null
}

export function isImage(content: MediaContent): content is ImageContent {
  return content.kind === 'image'
}

export function isHistogram(content: MediaContent): content is HistogramContent {
  return content.kind === 'histogram'
}

function imageOf(content: MediaContent | null): ImageContent | null {
  return content !== null && isImage(content) ? content : null
}

function histogramOf(content: MediaContent | null): HistogramContent | null {
  return content !== null && isHistogram(content) ? content : null
}
