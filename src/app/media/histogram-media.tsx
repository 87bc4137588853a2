import { createMemo, Show } from 'solid-js'
import type { HistogramContent } from '../../model/media-content/histogram-content.ts'
import { createShownSeries } from './create-shown-media.ts'
import type { MediaAddress, MediaReader } from './media-reader.ts'
import { spreadEntries, type MediaEntry } from './media-steps.ts'
import type { HistogramAt } from '../../widgets/media/histogram-history.ts'
import { HistogramHistoryPlot, type HistoryLook } from '../../widgets/media/histogram-history-plot.tsx'
import { HistogramPlot } from '../../widgets/media/histogram-plot.tsx'

interface HistogramMediaProps {
  readonly content: HistogramContent
  readonly label: string
  readonly look: string
  readonly color: string
  /** Up to the chosen step. */
  history(): readonly MediaEntry[]
  address(entry: MediaEntry): MediaAddress
  readonly reader: MediaReader
}

/** More steps than this are a few pixels high each. */
const MAX_STEPS = 48

/** A histogram at one step, or how it came to be. */
export function HistogramMedia(props: HistogramMediaProps) {
  const look = (): HistoryLook | null =>
    props.look === 'ridges' || props.look === 'heat' ? props.look : null
  return (
    <Show
      when={look()}
      fallback={<HistogramPlot content={props.content} label={props.label} color={props.color} />}
    >
      {(shown) => <History {...props} shown={shown()} />}
    </Show>
  )
}

function History(props: HistogramMediaProps & { readonly shown: HistoryLook }) {
  const chosen = createMemo(() => spreadEntries(props.history(), MAX_STEPS), [], {
    equals: (a, b) => a.length === b.length && a.every((entry, index) => entry.id === b[index]?.id),
  })
  const read = createShownSeries(
    props.reader,
    createMemo(() => chosen().map(props.address)),
  )
  const histograms = createMemo(() =>
    read().flatMap(({ step, read: { content } }): readonly HistogramAt[] =>
      content.ok && content.value.kind === 'histogram' ? [{ step, content: content.value }] : [],
    ),
  )
  return (
    <Show when={histograms().length > 0}>
      <HistogramHistoryPlot
        histograms={histograms()}
        look={props.shown}
        label={`${props.label}, and the steps before`}
        color={props.color}
      />
    </Show>
  )
}
