import type { MediaKind, MediaNote } from '../media.ts'
import type { Result } from '../result.ts'
import { parseBars } from './bars-content.ts'
import { parseConfusion } from './confusion-matrix-content.ts'
import { parseEmbedding } from './embedding-content.ts'
import { parseHeatMap } from './heat-map-content.ts'
import { parseHistogram } from './histogram-content.ts'
import { parseHtml } from './html-content.ts'
import { parseImage } from './image-content.ts'
import { parseLines } from './lines-content.ts'
import type { StoredArray } from './numbers.ts'
import { parsePointCloud } from './point-cloud-content.ts'
import { parseScatter } from './scatter-content.ts'
import { parseSound } from './sound-content.ts'
import { parseTable } from './table-content.ts'
import { parseText } from './text-content.ts'

/** Makes of an array and of the JSON of its meta what its kind is drawn from. */
const PARSERS = {
  image: parseImage,
  audio: (array, meta) => parseSound('audio', array, meta),
  video: (array, meta) => parseSound('video', array, meta),
  text: parseText,
  html: parseHtml,
  table: parseTable,
  histogram: parseHistogram,
  'confusion-matrix': parseConfusion,
  roc: (array, meta) => parseLines('roc', array, meta),
  pr: (array, meta) => parseLines('pr', array, meta),
  calibration: (array, meta) => parseLines('calibration', array, meta),
  bars: parseBars,
  lines: (array, meta) => parseLines('lines', array, meta),
  scatter: parseScatter,
  'heat-map': parseHeatMap,
  embedding: parseEmbedding,
  'point-cloud': parsePointCloud,
} satisfies Record<
  MediaKind,
  (array: StoredArray, meta: string) => Result<{ readonly kind: MediaKind }, string>
>

/** What an array of a kind shows, ready to be drawn. */
export type ContentOf<K extends MediaKind> = Extract<
  ReturnType<(typeof PARSERS)[K]>,
  { readonly ok: true }
>['value']
export type MediaContent = ContentOf<MediaKind>

/**
 * Makes of what was found in a database, which may be anybody's file, what its kind is drawn from.
 *
 * Errors: why it cannot be shown, in words that follow “This image cannot be shown: ”.
 */
export function parseContent(array: StoredArray, { kind, meta }: MediaNote): Result<MediaContent, string> {
  return PARSERS[kind](array, meta)
}
