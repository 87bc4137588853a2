import type { MediaKind, MediaNote } from '../media.ts'
import type { Result } from '../result.ts'
import {
  parseBars,
  parseConfusion,
  parseEmbedding,
  parseHeatMap,
  parseHistogram,
  parseLines,
  parseScatter,
  type BarsContent,
  type ConfusionContent,
  type EmbeddingContent,
  type HeatMapContent,
  type HistogramContent,
  type LinesContent,
  type ScatterContent,
} from './drawing-content.ts'
import {
  parseHtml,
  parseImage,
  parseSound,
  parseText,
  type HtmlContent,
  type ImageContent,
  type SoundContent,
  type TextContent,
} from './file-content.ts'
import type { StoredArray } from './numbers.ts'
import { parseTable, type TableContent } from './table-content.ts'

/** What an array shows, ready to be drawn. */
export type MediaContent =
  | ImageContent
  | SoundContent
  | TextContent
  | HtmlContent
  | TableContent
  | HistogramContent
  | ConfusionContent
  | LinesContent
  | BarsContent
  | ScatterContent
  | HeatMapContent
  | EmbeddingContent

/**
 * Makes of what was found in a database, which may be anybody's file, what its kind is drawn from.
 *
 * Errors: why it cannot be shown, in words that follow “This image cannot be shown: ”.
 */
export function parseContent(array: StoredArray, { kind, meta }: MediaNote): Result<MediaContent, string> {
  switch (kind) {
    case 'image':
      return parseImage(array, meta)
    case 'audio':
    case 'video':
      return parseSound(kind, array, meta)
    case 'text':
      return parseText(array, meta)
    case 'html':
      return parseHtml(array, meta)
    case 'table':
      return parseTable(array, meta)
    case 'histogram':
      return parseHistogram(array, meta)
    case 'confusion-matrix':
      return parseConfusion(array, meta)
    case 'roc':
    case 'pr':
    case 'calibration':
    case 'lines':
      return parseLines(kind, array, meta)
    case 'bars':
      return parseBars(array, meta)
    case 'scatter':
      return parseScatter(array, meta)
    case 'heat-map':
      return parseHeatMap(array, meta)
    case 'embedding':
      return parseEmbedding(array, meta)
  }
}

/** What each kind is called in a sentence. */
export const KIND_WORDS: Readonly<Record<MediaKind, string>> = {
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
}
