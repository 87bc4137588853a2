import { Suspense } from 'solid-js'
import type { LinesContent } from '../../model/media-content/lines-content.ts'
import type { ContentOf, MediaContent } from '../../model/media-content/media-content.ts'
import type { PointCloudContent } from '../../model/media-content/point-cloud-content.ts'
import type { SoundContent } from '../../model/media-content/sound-content.ts'
import type { MediaKind } from '../../model/media.ts'
import { BarsPlot } from '../../widgets/media/bars-plot.tsx'
import { ConfusionTable } from '../../widgets/media/confusion-table.tsx'
import { HeatMapPlot } from '../../widgets/media/heat-map-plot.tsx'
import { HtmlView } from '../../widgets/media/html-view.tsx'
import { IMAGE_LOOKS, ImageView } from '../../widgets/media/image-view.tsx'
import { LinesPlot } from '../../widgets/media/lines-plot.tsx'
import { ScatterDots } from '../../widgets/media/scatter-dots.tsx'
import { SoundView } from '../../widgets/media/sound-view.tsx'
import { formatCount, formatPlural } from '../../widgets/number-format.ts'
import { lazyView } from '../shell/lazy-view.ts'
import { HistogramMedia } from './histogram-media.tsx'
import {
  at,
  barsRows,
  confusionRows,
  embeddingRows,
  heatMapRows,
  histogramRows,
  linesRows,
  rowsOf,
  scatterRows,
  tableRows,
} from './media-csv.ts'
import { typedFile } from './media-file.ts'
import type { DrawProps, MediaView, Row } from './media-kind.ts'
import { TableMedia } from './table-media.tsx'
import { TextMedia } from './text-media.tsx'

const EmbeddingMedia = lazyView(async () => (await import('./embedding-media.tsx')).EmbeddingMedia)
const EmbeddingCloud = lazyView(
  async () => (await import('../../widgets/media/embedding-cloud.tsx')).EmbeddingCloud,
)

const SOUND: MediaView<SoundContent> = {
  words: 'sound',
  looks: [],
  draw: (props) => <SoundView {...props} />,
  form: 'file',
  file: typedFile,
}

const LINES: MediaView<LinesContent> = {
  words: 'line chart',
  looks: [],
  draw: (props) => <LinesPlot {...props} label={titled(props)} />,
  form: 'drawing',
  rows: linesRows,
}

/** How each kind is drawn, and how it leaves. */
const MEDIA_VIEWS: { readonly [K in MediaKind]: MediaView<ContentOf<K>> } = {
  image: {
    words: 'image',
    looks: [
      { value: 'fit', text: 'Fit' },
      { value: 'actual', text: '1:1' },
      { value: 'large', text: '×8' },
    ],
    draw: (props) => <ImageView {...props} look={IMAGE_LOOKS.find((look) => look === props.look) ?? 'fit'} />,
    form: 'file',
    file: typedFile,
  },
  audio: SOUND,
  video: { ...SOUND, words: 'film' },
  text: {
    words: 'text',
    looks: [],
    draw: (props) => <TextMedia {...props} />,
    form: 'file',
    file: ({ text, format }) => ({
      file: new Blob([text], { type: 'text/plain' }),
      extension: format === 'markdown' ? 'md' : 'txt',
    }),
  },
  html: {
    words: 'page',
    looks: [],
    draw: (props) => <HtmlView {...props} />,
    form: 'file',
    file: ({ html }) => ({ file: new Blob([html], { type: 'text/html' }), extension: 'html' }),
  },
  table: {
    words: 'table',
    looks: [],
    draw: (props) => <TableMedia {...props} />,
    form: 'rows',
    rows: tableRows,
  },
  histogram: {
    words: 'histogram',
    looks: [
      { value: 'step', text: 'Step' },
      { value: 'ridges', text: 'Ridges' },
      { value: 'heat', text: 'Heat map' },
    ],
    draw: (props) => <HistogramMedia {...props} />,
    form: 'drawing',
    rows: histogramRows,
  },
  'confusion-matrix': {
    words: 'confusion matrix',
    looks: [
      { value: 'counts', text: 'Counts' },
      { value: 'rows', text: 'By row' },
    ],
    draw: (props) => (
      <ConfusionTable
        {...props}
        label={props.content.title || props.label}
        look={props.look === 'rows' ? 'rows' : 'counts'}
      />
    ),
    form: 'rows',
    rows: confusionRows,
  },
  roc: { ...LINES, words: 'ROC curve' },
  pr: { ...LINES, words: 'precision–recall curve' },
  calibration: { ...LINES, words: 'calibration curve' },
  bars: {
    words: 'bar chart',
    looks: [],
    draw: (props) => <BarsPlot {...props} label={titled(props)} />,
    form: 'drawing',
    rows: barsRows,
  },
  lines: LINES,
  scatter: {
    words: 'scatter plot',
    looks: [],
    draw: (props) => <ScatterDots {...props} label={titled(props)} />,
    form: 'drawing',
    rows: scatterRows,
  },
  'heat-map': {
    words: 'heat map',
    looks: [],
    draw: (props) => <HeatMapPlot {...props} label={titled(props)} />,
    form: 'drawing',
    rows: heatMapRows,
  },
  embedding: {
    words: 'embedding',
    looks: [
      { value: 'pca-2', text: 'PCA' },
      { value: 'pca-3', text: 'PCA 3D' },
      { value: 'umap-2', text: 'UMAP' },
      { value: 'umap-3', text: 'UMAP 3D' },
    ],
    draw: (props) => (
      <Suspense>
        <EmbeddingMedia {...props} />
      </Suspense>
    ),
    form: 'drawing',
    rows: embeddingRows,
  },
  'point-cloud': {
    words: 'point cloud',
    looks: [],
    draw: (props) => (
      <Suspense>
        <EmbeddingCloud
          {...props}
          points={props.content.points}
          rows={props.content.rows}
          axes={3}
          labels={props.content.labels}
          names={[]}
          colors={props.content.colors}
          receipt={cloudWords(props.content)}
        />
      </Suspense>
    ),
    form: 'drawing',
    rows: cloudRows,
  },
}

export function viewOf(kind: MediaKind): MediaView<MediaContent> {
  return MEDIA_VIEWS[kind]
}

function cloudWords({ count, rows, lost }: PointCloudContent): string {
  const shown = rows.length + lost < count ? `${formatCount(rows.length)} of ` : ''
  return `${shown}${formatPlural(count, 'point')}${lost > 0 ? `, ${formatCount(lost)} not finite` : ''}`
}

function cloudRows({ count, values, labels, colors }: PointCloudContent): readonly Row[] {
  const said = labels.length > 0 ? ['label'] : colors.length > 0 ? ['red', 'green', 'blue'] : []
  return [
    ['x', 'y', 'z', ...said],
    ...rowsOf(count, (point): Row => [
      ...rowsOf(3, (axis) => at(values, 3 * point + axis)),
      ...labels.slice(point, point + 1),
      ...colors.subarray(3 * point, 3 * point + 3),
    ]),
  ]
}

function titled({ content, label }: DrawProps<{ readonly title: string }>): string {
  return content.title === '' ? label : `${content.title}, ${label}`
}
