import { CSV_TYPE } from '../../model/csv.ts'
import type { XAxis } from '../../protocol/windows.ts'
import type { ChartColors } from '../../widgets/chart-colors.ts'
import { chartToPng } from '../../widgets/chart/chart-png.ts'
import { fittedRange, type YLimits } from '../../widgets/chart/chart-range.ts'
import { chartToSvg } from '../../widgets/chart/chart-svg.ts'
import { linesToCsv } from '../../widgets/chart/lines-csv.ts'
import { SVG_TYPE } from '../../widgets/svg-file.ts'
import type { Scale } from '../../widgets/ticks/axis-places.ts'
import type { ShownLines } from './create-chart-lines.ts'
import { downloadCsv, downloadFile, safeName } from '../shell/download.ts'

export type ChartFormat = 'png' | 'svg' | 'csv' | 'spreadsheet'

/** A chart as it is on the screen. */
export interface ChartOnScreen {
  readonly title: string
  readonly shown: ShownLines
  readonly yScale: Scale
  readonly ignoreOutliers: boolean
  readonly yLimits: YLimits
  /** The element that holds its canvas. */
  readonly element: HTMLElement | null
  readonly x: XAxis
}

/** Leaves of an SVG that has room for the labels of its axes. Unit: pixels. */
const SVG_AREA = { left: 64, top: 36, width: 820, height: 400, ratio: 1 }
const SVG_SIZE = { width: 904, height: 464 }

/** Saves a chart as a file: as it looks, as lines, or as the numbers that are drawn. */
export async function saveChart(
  chart: ChartOnScreen,
  format: ChartFormat,
  colors: ChartColors,
): Promise<void> {
  const file = await toFile(chart, format, colors)
  if (file === null) return
  const name = safeName(chart.title, 'chart')
  if (format === 'spreadsheet') downloadCsv(file, name, 'spreadsheets')
  else downloadFile(file, `${name}.${format}`)
}

async function toFile(chart: ChartOnScreen, format: ChartFormat, colors: ChartColors): Promise<Blob | null> {
  const { title, shown, yScale, ignoreOutliers, yLimits, x } = chart
  const { lines, range, xKind, xScale } = shown
  switch (format) {
    case 'png': {
      const canvas = chart.element?.querySelector('canvas')
      return canvas === null || canvas === undefined ? null : await chartToPng(canvas, title, colors)
    }
    case 'svg': {
      const fit = { scale: yScale, ignoreOutliers, outlying: shown.outlying, limits: yLimits }
      const y = fittedRange(lines, range, fit) ?? [0.1, 1]
      const area = { ...SVG_AREA, x: range, y, xScale, yScale }
      return new Blob([chartToSvg({ title, ...SVG_SIZE, lines, area, xKind }, colors)], { type: SVG_TYPE })
    }
    case 'csv':
    case 'spreadsheet':
      return new Blob([linesToCsv(lines, typeof x === 'object' ? x.metric : x)], { type: CSV_TYPE })
  }
}
