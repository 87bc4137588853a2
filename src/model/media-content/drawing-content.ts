import { err, ok, type Result } from '../result.ts'
import { isRecord } from '../raw-value.ts'
import { countOf, numberOf, parseMeta, textOf, textsOf, type RawMeta } from './meta-fields.ts'
import { readFloats, readNumbers, type StoredArray } from './numbers.ts'

/** The title and the names of the axes; empty where there are none. */
export interface CaptionsContent {
  readonly title: string
  readonly xLabel: string
  readonly yLabel: string
}

/** Shape: `edges` one longer than `counts`, rising. */
export interface HistogramContent {
  readonly kind: 'histogram'
  readonly edges: Float64Array
  readonly counts: Float64Array
  /** Of all values. */
  readonly count: number
  readonly nanCount: number
  readonly posInfCount: number
  readonly negInfCount: number
  /** Null where it was not said. */
  readonly zeroCount: number | null
  readonly min: number | null
  readonly max: number | null
  readonly mean: number | null
}

/** Shape: `values` [labels, labels], row-major, actual by predicted. */
export interface ConfusionContent {
  readonly kind: 'confusion-matrix'
  readonly title: string
  readonly labels: readonly string[]
  readonly values: Float64Array
}

export interface DrawnLine {
  readonly name: string
  readonly x: Float64Array
  readonly y: Float64Array
  /** Null where it was not said. */
  readonly score: number | null
}

export interface LinesContent extends CaptionsContent {
  readonly kind: 'roc' | 'pr' | 'calibration' | 'lines'
  readonly lines: readonly DrawnLine[]
}

export interface BarsContent extends CaptionsContent {
  readonly kind: 'bars'
  readonly labels: readonly string[]
  readonly values: Float64Array
}

/** Shape: one entry a point; `classOf` is empty where there are no classes. */
export interface ScatterContent extends CaptionsContent {
  readonly kind: 'scatter'
  readonly x: Float64Array
  readonly y: Float64Array
  readonly classes: readonly string[]
  readonly classOf: Int32Array
}

/** Shape: `values` [rows, columns]; lists of labels are empty or as long as their side. */
export interface HeatMapContent extends CaptionsContent {
  readonly kind: 'heat-map'
  readonly rows: number
  readonly columns: number
  readonly values: Float64Array
  readonly xLabels: readonly string[]
  readonly yLabels: readonly string[]
}

/** Shape: `values` [count, dimensions]; lists are empty or have an entry a vector. */
export interface EmbeddingContent {
  readonly kind: 'embedding'
  readonly count: number
  readonly dimensions: number
  readonly values: Float32Array | Float64Array
  readonly labels: readonly string[]
  readonly names: readonly string[]
}

export function parseHistogram(array: StoredArray, metaText: string): Result<HistogramContent, string> {
  return withBoth(array, metaText, (numbers, meta) => {
    const bins = (numbers.length - 1) / 2
    if (array.shape.length !== 1 || !Number.isInteger(bins) || bins < 1) {
      return err(`${numbers.length} numbers are no edges and counts of bins`)
    }
    const edges = numbers.subarray(0, bins + 1)
    const counts = numbers.subarray(bins + 1)
    if (
      !edges.every((edge, index) => Number.isFinite(edge) && (index === 0 || edge >= (edges[index - 1] ?? 0)))
    ) {
      return err('the edges of its bins do not rise')
    }
    if (!counts.every((count) => count >= 0 && Number.isFinite(count))) {
      return err('it counts less than nothing in a bin')
    }
    const total = (name: string): number => countOf(meta[name]) ?? 0
    return ok({
      kind: 'histogram',
      edges,
      counts,
      count: countOf(meta['count']) ?? counts.reduce((sum, count) => sum + count, 0),
      nanCount: total('nanCount'),
      posInfCount: total('posInfCount'),
      negInfCount: total('negInfCount'),
      zeroCount: countOf(meta['zeroCount']),
      min: numberOf(meta['min']),
      max: numberOf(meta['max']),
      mean: numberOf(meta['mean']),
    })
  })
}

export function parseConfusion(array: StoredArray, metaText: string): Result<ConfusionContent, string> {
  return withBoth(array, metaText, (values, meta) => {
    const [rows = 0, columns = 0, ...more] = array.shape
    const labels = textsOf(meta['labels'])
    if (more.length > 0 || rows !== columns || rows === 0)
      return err(`[${array.shape.join(', ')}] is no square`)
    if (labels?.length !== rows) return err(`it has ${rows} classes and ${labels?.length ?? 0} labels`)
    return ok({ kind: 'confusion-matrix', title: textOf(meta['title']), labels, values })
  })
}

export function parseLines(
  kind: LinesContent['kind'],
  array: StoredArray,
  metaText: string,
): Result<LinesContent, string> {
  return withBoth(array, metaText, (numbers, meta) => {
    const named = meta['lines']
    if (!Array.isArray(named) || !named.every(isRecord)) return err('its lines are not named')
    const scores = Array.isArray(meta['scores']) ? meta['scores'] : []
    const lines: DrawnLine[] = []
    let from = 0
    for (const [index, { name, count }] of named.entries()) {
      const points = countOf(count)
      if (points === null || from + 2 * points > numbers.length) return err('points of a line are missing')
      lines.push({
        name: textOf(name),
        x: numbers.subarray(from, from + points),
        y: numbers.subarray(from + points, from + 2 * points),
        score: numberOf(scores[index]),
      })
      from += 2 * points
    }
    return ok({ kind, lines, ...captionsOf(meta) })
  })
}

export function parseBars(array: StoredArray, metaText: string): Result<BarsContent, string> {
  return withBoth(array, metaText, (values, meta) => {
    const labels = textsOf(meta['labels'])
    if (labels?.length !== values.length) {
      return err(`it has ${values.length} bars and ${labels?.length ?? 0} labels`)
    }
    return ok({ kind: 'bars', labels, values, ...captionsOf(meta) })
  })
}

export function parseScatter(array: StoredArray, metaText: string): Result<ScatterContent, string> {
  return withBoth(array, metaText, (numbers, meta) => {
    const [count = 0, width = 0, ...more] = array.shape
    const classes = textsOf(meta['classes']) ?? []
    if (more.length > 0 || (width !== 2 && width !== 3)) {
      return err(`[${array.shape.join(', ')}] are no points with x and y`)
    }
    const column = (offset: number): Float64Array =>
      Float64Array.from({ length: count }, (_, point) => numbers[point * width + offset] ?? Number.NaN)
    return ok({
      kind: 'scatter',
      x: column(0),
      y: column(1),
      classes,
      classOf: width === 3 ? Int32Array.from(column(2)) : new Int32Array(0),
      ...captionsOf(meta),
    })
  })
}

export function parseHeatMap(array: StoredArray, metaText: string): Result<HeatMapContent, string> {
  return withBoth(array, metaText, (values, meta) => {
    const [rows = 0, columns = 0, ...more] = array.shape
    if (more.length > 0 || rows * columns === 0)
      return err(`[${array.shape.join(', ')}] are no rows and columns`)
    return ok({
      kind: 'heat-map',
      rows,
      columns,
      values,
      xLabels: asMany(textsOf(meta['xLabels']), columns),
      yLabels: asMany(textsOf(meta['yLabels']), rows),
      ...captionsOf(meta),
    })
  })
}

export function parseEmbedding(array: StoredArray, metaText: string): Result<EmbeddingContent, string> {
  const meta = parseMeta(metaText)
  if (!meta.ok) return meta
  const values = readFloats(array)
  if (!values.ok) return values
  const [count = 0, dimensions = 0, ...more] = array.shape
  if (more.length > 0 || count * dimensions === 0) return err(`[${array.shape.join(', ')}] are no vectors`)
  return ok({
    kind: 'embedding',
    count,
    dimensions,
    values: values.value,
    labels: asMany(textsOf(meta.value['labels']), count),
    names: asMany(textsOf(meta.value['names']), count),
  })
}

function captionsOf(meta: RawMeta): CaptionsContent {
  return { title: textOf(meta['title']), xLabel: textOf(meta['xLabel']), yLabel: textOf(meta['yLabel']) }
}

/** Labels that are not as many as what they label name nothing. */
function asMany(labels: readonly string[] | null, count: number): readonly string[] {
  return labels?.length === count ? labels : []
}

function withBoth<T>(
  array: StoredArray,
  metaText: string,
  read: (numbers: Float64Array, meta: RawMeta) => Result<T, string>,
): Result<T, string> {
  const meta = parseMeta(metaText)
  if (!meta.ok) return meta
  const numbers = readNumbers(array)
  return numbers.ok ? read(numbers.value, meta.value) : numbers
}
