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

/** What an array shows when it is more than numbers. */
export const MEDIA_KINDS = [
  'image',
  'audio',
  'video',
  'text',
  'html',
  'table',
  'histogram',
  'confusion-matrix',
  'roc',
  'pr',
  'calibration',
  'bars',
  'lines',
  'scatter',
  'heat-map',
  'embedding',
  'point-cloud',
] as const

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
