import type { BarsContent } from '../../model/media-content/bars-content.ts'
import type { ConfusionContent } from '../../model/media-content/confusion-matrix-content.ts'
import type { EmbeddingContent } from '../../model/media-content/embedding-content.ts'
import type { HeatMapContent } from '../../model/media-content/heat-map-content.ts'
import type { HistogramContent } from '../../model/media-content/histogram-content.ts'
import type { LinesContent } from '../../model/media-content/lines-content.ts'
import type { ScatterContent } from '../../model/media-content/scatter-content.ts'
import type { TableContent } from '../../model/media-content/table-content.ts'
import { cellText } from '../../model/media-content/table-rows.ts'
import { CSV_TYPE, csvLine } from '../../model/csv.ts'
import type { Row } from './media-kind.ts'

/** The cells of a table. */
export function tableRows({ columns, rows }: TableContent): readonly Row[] {
  return [
    columns.map(({ name }) => name),
    ...rowsOf(rows, (row) => columns.map(({ cells }) => cellText(cells[row]))),
  ]
}

export function histogramRows({ edges, counts }: HistogramContent): readonly Row[] {
  return [
    ['from', 'to', 'count'],
    ...rowsOf(counts.length, (bin) => [at(edges, bin), at(edges, bin + 1), at(counts, bin)]),
  ]
}

export function confusionRows({ labels, values }: ConfusionContent): readonly Row[] {
  const size = labels.length
  return [
    ['actual', ...labels],
    ...labels.map((label, row): Row => [label, ...rowsOf(size, (column) => at(values, row * size + column))]),
  ]
}

export function linesRows({ lines, xLabel, yLabel }: LinesContent): readonly Row[] {
  return [
    ['line', xLabel || 'x', yLabel || 'y'],
    ...lines.flatMap(({ name, x, y }) =>
      rowsOf(x.length, (point): Row => [name, at(x, point), at(y, point)]),
    ),
  ]
}

export function barsRows({ labels, values, xLabel, yLabel }: BarsContent): readonly Row[] {
  return [
    [xLabel || 'label', yLabel || 'value'],
    ...labels.map((label, bar): Row => [label, at(values, bar)]),
  ]
}

export function scatterRows({ x, y, classes, classOf, xLabel, yLabel }: ScatterContent): readonly Row[] {
  return [
    [xLabel || 'x', yLabel || 'y', 'class'],
    ...rowsOf(x.length, (point): Row => [at(x, point), at(y, point), classes[classOf[point] ?? -1] ?? '']),
  ]
}

export function heatMapRows({ rows, columns, values, xLabels, yLabels }: HeatMapContent): readonly Row[] {
  return [
    ['', ...rowsOf(columns, (column) => xLabels[column] ?? column)],
    ...rowsOf(rows, (row): Row => [
      yLabels[row] ?? row,
      ...rowsOf(columns, (column) => at(values, row * columns + column)),
    ]),
  ]
}

export function embeddingRows({
  count,
  dimensions,
  values,
  labels,
  names,
}: EmbeddingContent): readonly Row[] {
  return [
    ['name', 'label', ...rowsOf(dimensions, (dimension) => `d${dimension}`)],
    ...rowsOf(count, (point): Row => [
      names[point] ?? point,
      labels[point] ?? '',
      ...rowsOf(dimensions, (dimension) => at(values, point * dimensions + dimension)),
    ]),
  ]
}

/** As parts of a file: one text of everything may be longer than a text can be. */
export function toCsv(rows: readonly Row[]): Blob {
  const parts: string[] = []
  for (const row of rows) parts.push(csvLine(row))
  return new Blob(parts, { type: CSV_TYPE })
}

export function at(values: ArrayLike<number>, index: number): number {
  return values[index] ?? Number.NaN
}

export function rowsOf<T>(count: number, row: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => row(index))
}
