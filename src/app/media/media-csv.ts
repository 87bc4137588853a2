import type { MediaContent } from '../../model/media-content/media-content.ts'
import { cellText } from '../../model/media-content/table-rows.ts'
import { csvField } from '../../widgets/chart/lines-csv.ts'

type Row = readonly (string | number)[]

/** The numbers of a drawing or the cells of a table as rows; null for what is a file by itself. */
export function contentRows(content: MediaContent): readonly Row[] | null {
  switch (content.kind) {
    case 'table':
      return [
        content.columns.map(({ name }) => name),
        ...rowsOf(content.rows, (row) => content.columns.map(({ cells }) => cellText(cells[row]))),
      ]
    case 'histogram':
      return [
        ['from', 'to', 'count'],
        ...rowsOf(content.counts.length, (bin) => [
          at(content.edges, bin),
          at(content.edges, bin + 1),
          at(content.counts, bin),
        ]),
      ]
    case 'confusion-matrix': {
      const size = content.labels.length
      return [
        ['actual', ...content.labels],
        ...content.labels.map((label, row): Row => [
          label,
          ...rowsOf(size, (column) => at(content.values, row * size + column)),
        ]),
      ]
    }
    case 'roc':
    case 'pr':
    case 'calibration':
    case 'lines':
      return [
        ['line', content.xLabel || 'x', content.yLabel || 'y'],
        ...content.lines.flatMap(({ name, x, y }) =>
          rowsOf(x.length, (point): Row => [name, at(x, point), at(y, point)]),
        ),
      ]
    case 'bars':
      return [
        [content.xLabel || 'label', content.yLabel || 'value'],
        ...content.labels.map((label, bar): Row => [label, at(content.values, bar)]),
      ]
    case 'scatter':
      return [
        [content.xLabel || 'x', content.yLabel || 'y', 'class'],
        ...rowsOf(content.x.length, (point): Row => [
          at(content.x, point),
          at(content.y, point),
          content.classes[content.classOf[point] ?? -1] ?? '',
        ]),
      ]
    case 'heat-map': {
      const { rows, columns, values, xLabels, yLabels } = content
      return [
        ['', ...rowsOf(columns, (column) => xLabels[column] ?? column)],
        ...rowsOf(rows, (row): Row => [
          yLabels[row] ?? row,
          ...rowsOf(columns, (column) => at(values, row * columns + column)),
        ]),
      ]
    }
    case 'embedding': {
      const { count, dimensions, values, labels, names } = content
      return [
        ['name', 'label', ...rowsOf(dimensions, (dimension) => `d${dimension}`)],
        ...rowsOf(count, (point): Row => [
          names[point] ?? point,
          labels[point] ?? '',
          ...rowsOf(dimensions, (dimension) => at(values, point * dimensions + dimension)),
        ]),
      ]
    }
    case 'image':
    case 'audio':
    case 'video':
    case 'text':
    case 'html':
      return null
  }
}

/** As parts of a file: one text of everything may be longer than a text can be. */
export function toCsv(rows: readonly Row[]): Blob {
  const parts: string[] = []
  for (const row of rows) parts.push(`${row.map(csvField).join(',')}\r\n`)
  return new Blob(parts, { type: 'text/csv' })
}

function at(values: ArrayLike<number>, index: number): number {
  return values[index] ?? Number.NaN
}

function rowsOf<T>(count: number, row: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => row(index))
}
