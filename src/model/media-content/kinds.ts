import type { BarsMeta } from './bars-content.ts'
import type { ConfusionMatrixMeta } from './confusion-matrix-content.ts'
import type { EmbeddingMeta } from './embedding-content.ts'
import type { HeatMapMeta } from './heat-map-content.ts'
import type { HistogramMeta } from './histogram-content.ts'
import type { HtmlMeta } from './html-content.ts'
import type { ImageMeta } from './image-content.ts'
import type { LinesMeta } from './lines-content.ts'
import type { PointCloudMeta } from './point-cloud-content.ts'
import type { ScatterMeta } from './scatter-content.ts'
import type { AudioMeta, VideoMeta } from './sound-content.ts'
import type { TableMeta } from './table-content.ts'
import type { TextMeta } from './text-content.ts'

/** What an array shows when it is more than numbers, and what each kind is called in a sentence. */
export const KIND_WORDS = {
  image: 'image',
  audio: 'sound',
  video: 'film',
  text: 'text',
  html: 'page',
  table: 'table',
  histogram: 'histogram',
  'confusion-matrix': 'confusion matrix',
  roc: 'ROC curve',
  pr: 'precision–recall curve',
  calibration: 'calibration curve',
  bars: 'bar chart',
  lines: 'line chart',
  scatter: 'scatter plot',
  'heat-map': 'heat map',
  embedding: 'embedding',
  'point-cloud': 'point cloud',
} as const

/** What an array of each kind says of itself; how it lies in bytes is said there too. */
export interface MediaMeta {
  readonly image: ImageMeta
  readonly audio: AudioMeta
  readonly video: VideoMeta
  readonly text: TextMeta
  readonly html: HtmlMeta
  readonly table: TableMeta
  readonly histogram: HistogramMeta
  readonly 'confusion-matrix': ConfusionMatrixMeta
  readonly roc: LinesMeta
  readonly pr: LinesMeta
  readonly calibration: LinesMeta
  readonly bars: BarsMeta
  readonly lines: LinesMeta
  readonly scatter: ScatterMeta
  readonly 'heat-map': HeatMapMeta
  readonly embedding: EmbeddingMeta
  readonly 'point-cloud': PointCloudMeta
}
