import { Match, Show, Suspense, Switch } from 'solid-js'
import type { MediaContent } from '../../model/media-content/media-content.ts'
import type { MediaAddress, MediaReader } from './media-reader.ts'
import type { MediaEntry } from './media-steps.ts'
import { toTabSeparated } from '../shell/tab-separated.ts'
import { useToasts } from '../shell/create-toasts.ts'
import { BarsPlot } from '../../widgets/media/bars-plot.tsx'
import { ConfusionTable } from '../../widgets/media/confusion-table.tsx'
import { HeatMapPlot } from '../../widgets/media/heat-map-plot.tsx'
import { HtmlView } from '../../widgets/media/html-view.tsx'
import { IMAGE_LOOKS, ImageView } from '../../widgets/media/image-view.tsx'
import { LinesPlot } from '../../widgets/media/lines-plot.tsx'
import { ScatterDots } from '../../widgets/media/scatter-dots.tsx'
import { SoundView } from '../../widgets/media/sound-view.tsx'
import { TableGridView } from '../../widgets/media/table-grid-view.tsx'
import { TextView } from '../../widgets/media/text-view.tsx'
import { lazyView } from '../shell/lazy-view.ts'
import { HistogramMedia } from './histogram-media.tsx'
import { saveCsv } from './media-file.ts'
import './media-viewer.css'

const EmbeddingMedia = lazyView(async () => (await import('./embedding-media.tsx')).EmbeddingMedia)
const Markdown = lazyView(async () => (await import('../shell/markdown.tsx')).Markdown)

/** Longer ones are shown as plain text: laying them out would hold up the page. Unit: UTF-16 code units. */
const MAX_MARKDOWN = 100_000

interface MediaViewerProps {
  readonly content: MediaContent
  /** What it is and of which run and step. */
  readonly label: string
  readonly look: string
  /** Of the run. */
  readonly color: string
  readonly hidden: ReadonlySet<string>
  /** The entries of the run up to the chosen step. */
  history(): readonly MediaEntry[]
  address(entry: MediaEntry): MediaAddress
  readonly reader: MediaReader
  onToggle(name: string): void
  onProblem(reason: string): void
}

/** What an array shows, drawn as its kind is drawn. */
export function MediaViewer(props: MediaViewerProps) {
  const toasts = useToasts()
  /** The content when it is of one of these kinds. */
  const as = <K extends MediaContent['kind']>(...kinds: readonly K[]) => {
    const { content } = props
    return (kinds as readonly string[]).includes(content.kind)
      ? (content as Extract<MediaContent, { readonly kind: K }>)
      : null
  }
  const markdown = (): string | null => {
    const content = as('text')
    return content?.format === 'markdown' && content.text.length <= MAX_MARKDOWN ? content.text : null
  }

  return (
    <Switch>
      <Match when={as('image')}>
        {(content) => (
          <ImageView
            content={content()}
            label={props.label}
            look={IMAGE_LOOKS.find((look) => look === props.look) ?? 'fit'}
            hidden={props.hidden}
            onToggle={props.onToggle}
            onProblem={props.onProblem}
          />
        )}
      </Match>
      <Match when={as('audio', 'video')}>
        {(content) => <SoundView content={content()} label={props.label} onProblem={props.onProblem} />}
      </Match>
      <Match when={as('text')}>
        {(content) => (
          <Show when={markdown()} fallback={<TextView text={content().text} label={props.label} />}>
            {(text) => (
              <div class="media-viewer-markdown" tabindex={0} role="region" aria-label={props.label}>
                <Suspense>
                  <Markdown text={text()} />
                </Suspense>
              </div>
            )}
          </Show>
        )}
      </Match>
      <Match when={as('html')}>{(content) => <HtmlView content={content()} label={props.label} />}</Match>
      <Match when={as('table')}>
        {(content) => (
          <TableGridView
            content={content()}
            label={props.label}
            onCopy={(rows) => {
              navigator.clipboard.writeText(toTabSeparated(rows)).then(
                () => toasts.say('Copied the rows.'),
                () => toasts.complain('The browser did not allow to copy. Save the rows as CSV instead.'),
              )
            }}
            onSave={(rows) => saveCsv(rows, props.label)}
          />
        )}
      </Match>
      <Match when={as('histogram')}>
        {(content) => (
          <HistogramMedia
            content={content()}
            label={props.label}
            look={props.look}
            color={props.color}
            history={props.history}
            address={props.address}
            reader={props.reader}
          />
        )}
      </Match>
      <Match when={as('confusion-matrix')}>
        {(content) => (
          <ConfusionTable
            content={content()}
            label={content().title || props.label}
            look={props.look === 'rows' ? 'rows' : 'counts'}
          />
        )}
      </Match>
      <Match when={as('roc', 'pr', 'calibration', 'lines')}>
        {(content) => (
          <LinesPlot
            content={content()}
            label={titled(content().title)}
            hidden={props.hidden}
            onToggle={props.onToggle}
          />
        )}
      </Match>
      <Match when={as('bars')}>
        {(content) => <BarsPlot content={content()} label={titled(content().title)} color={props.color} />}
      </Match>
      <Match when={as('scatter')}>
        {(content) => (
          <ScatterDots
            content={content()}
            label={titled(content().title)}
            hidden={props.hidden}
            onToggle={props.onToggle}
          />
        )}
      </Match>
      <Match when={as('heat-map')}>
        {(content) => <HeatMapPlot content={content()} label={titled(content().title)} />}
      </Match>
      <Match when={as('embedding')}>
        {(content) => (
          <Suspense>
            <EmbeddingMedia
              content={content()}
              label={props.label}
              look={props.look}
              hidden={props.hidden}
              onToggle={props.onToggle}
            />
          </Suspense>
        )}
      </Match>
    </Switch>
  )

  function titled(title: string): string {
    return title === '' ? props.label : `${title}, ${props.label}`
  }
}
