import type { ChartColors } from '../../widgets/chart-colors.ts'
import { titledSvg, type SvgDrawing } from '../../widgets/svg-file.ts'
import { downloadCsv, downloadFile, safeName } from '../shell/download.ts'
import { svgToPng } from '../shell/svg-to-png.ts'
import type { ChartFormat } from './chart-file.ts'

interface PlotFile {
  readonly title: string
  /** What the file is called where the title leaves nothing for a name. */
  readonly unnamed?: string
  readonly format: ChartFormat
  csv(): Blob
  /** Null where nothing is drawn. */
  draw(): SvgDrawing | null
  readonly colors: ChartColors
}

/** Saves bars or dots: their numbers, or their picture, which as a PNG is the SVG painted. */
export async function savePlot({
  title,
  unnamed = 'chart',
  format,
  csv,
  draw,
  colors,
}: PlotFile): Promise<void> {
  const name = safeName(title, unnamed)
  if (format === 'csv') return downloadFile(csv(), `${name}.csv`)
  if (format === 'spreadsheet') return downloadCsv(csv(), name, 'spreadsheets')
  const drawing = draw()
  if (drawing === null) return
  const { file: svg, width, height } = titledSvg(title, drawing, colors)
  const size = { width: width * devicePixelRatio, height: height * devicePixelRatio }
  const file = format === 'svg' ? svg : await svgToPng(svg, size)
  if (file !== null) downloadFile(file, `${name}.${format}`)
}

/** What a card shows of rows, which is drawn as an SVG. */
export function drawnRows(card: HTMLElement | null): SvgDrawing | null {
  const svg = card?.querySelector<SVGSVGElement>('.chart-frame-plot svg[role="img"]') ?? null
  return svg === null
    ? null
    : { width: svg.clientWidth, height: svg.clientHeight, body: new XMLSerializer().serializeToString(svg) }
}
