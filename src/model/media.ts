/** What an array shows when it is more than numbers. Each kind has its layout and its meta below. */
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
] as const
export type MediaKind = (typeof MEDIA_KINDS)[number]

/** What an array says of itself beside its numbers: `meta` is the JSON of the type its kind has in `MediaMeta`. */
export interface MediaNote {
  readonly kind: MediaKind
  readonly meta: string
}

/** Labels of a million points fit; what is longer belongs in a table or an artifact. Unit: UTF-16 code units. */
export const MAX_META_LENGTH = 2 ** 23

export function isMediaKind(value: unknown): value is MediaKind {
  return (MEDIA_KINDS as readonly unknown[]).includes(value)
}

/** The title and the names of the axes of a drawing; each may be missing. */
export interface Captions {
  readonly title?: string
  readonly xLabel?: string
  readonly yLabel?: string
}

/** A rectangle on an image. Unit: pixels of the image, from its top left corner. */
export interface ImageBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly label?: string
  /** How sure a detector was. */
  readonly score?: number
}

/** Which class each pixel of an image is of; 0 is none. `classes` names the others by their number. */
export interface ImageMask {
  readonly name: string
  readonly classes: Readonly<Record<string, string>>
  /** How many bytes its PNG takes: 8-bit grey, as large as the image. */
  readonly bytes: number
}

/**
 * Shape: uint8, the bytes of a PNG, JPEG, WebP, GIF or AVIF (`bytes` of them), then those of the PNG of each mask.
 */
export interface ImageMeta {
  readonly mime: string
  /** Unit: pixels. */
  readonly width: number
  readonly height: number
  readonly bytes: number
  readonly caption?: string
  readonly boxes?: readonly ImageBox[]
  readonly masks?: readonly ImageMask[]
}

/** Shape: uint8, the bytes of a sound file. */
export interface AudioMeta {
  readonly mime: string
  readonly seconds?: number
  readonly caption?: string
}

/** Shape: uint8, the bytes of a film. */
export interface VideoMeta {
  readonly mime: string
  readonly width?: number
  readonly height?: number
  readonly seconds?: number
  readonly caption?: string
}

/** Shape: uint8, UTF-8. */
export interface TextMeta {
  readonly format: 'plain' | 'markdown'
}

/** Shape: uint8, UTF-8. */
export interface HtmlMeta {
  readonly title?: string
}

/** What a column of a table holds: a media cell is a `MediaCell`; the others are JSON. */
export const COLUMN_TYPES = ['number', 'text', 'boolean', 'json', 'image', 'audio', 'video'] as const
export type ColumnType = (typeof COLUMN_TYPES)[number]

export interface TableColumn {
  readonly name: string
  readonly type: ColumnType
}

/** A media file in a cell: its bytes are `[from, from + bytes)` of the whole. */
export interface MediaCell {
  readonly kind: 'image' | 'audio' | 'video'
  readonly from: number
  readonly meta: ImageMeta | AudioMeta | VideoMeta
  readonly bytes: number
}

/**
 * Shape: uint8, first `jsonBytes` of UTF-8, JSON: for each column the list of its cells, all of one length; missing ones
 * are null, non-finite numbers the strings of `toJsonValue`. Then the bytes of the media cells.
 */
export interface TableMeta {
  readonly columns: readonly TableColumn[]
  readonly rows: number
  readonly jsonBytes: number
}

/**
 * Shape: float64 of 2n + 1: the n + 1 edges of n bins, rising, then how many values are in each. The last bin holds its
 * upper edge too.
 */
export interface HistogramMeta {
  /** Of all values, the ones below too. */
  readonly count: number
  readonly nanCount: number
  readonly posInfCount: number
  readonly negInfCount: number
  readonly zeroCount?: number
  /** Of the finite values, where they were known. */
  readonly min?: number
  readonly max?: number
  readonly mean?: number
}

/** Shape: float64 [k, k], row-major: how many of the actual class (row) were predicted as each class (column). */
export interface ConfusionMatrixMeta {
  readonly labels: readonly string[]
  readonly title?: string
}

/** One line of a drawing, with `count` points. */
export interface NamedLine {
  readonly name: string
  readonly count: number
}

/**
 * Lines of `roc` (false positive rate, true positive rate), `pr` (recall, precision), `calibration` (mean predicted
 * probability, share of positives) and `lines` (any x and y).
 *
 * Shape: float64: for each line its `count` x, then its `count` y.
 */
export interface LinesMeta extends Captions {
  readonly lines: readonly NamedLine[]
  /** By line: the area under it (`roc`), the average precision (`pr`), the expected calibration error (`calibration`). */
  readonly scores?: readonly number[]
}

/** Shape: float64 [n], a bar each. */
export interface BarsMeta extends Captions {
  readonly labels: readonly string[]
}

/** Shape: float64 [n, 2], x and y of each; [n, 3] where `classes` are named: the third is the number of its class. */
export interface ScatterMeta extends Captions {
  readonly classes?: readonly string[]
}

/** Shape: float32 or float64 [rows, columns]. */
export interface HeatMapMeta extends Captions {
  readonly xLabels?: readonly string[]
  readonly yLabels?: readonly string[]
}

/** Shape: float32 [n, d], a vector each. */
export interface EmbeddingMeta {
  /** One for each vector, to tell them apart. */
  readonly labels?: readonly string[]
  /** What each vector is of, in words. */
  readonly names?: readonly string[]
}

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
}
