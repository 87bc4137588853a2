import { downloadCsv, downloadFile, safeName } from '../shell/download.ts'
import { svgToPng } from '../shell/svg-to-png.ts'
import type { ChartFormat } from './chart-file.ts'

interface PlotFile {
  readonly title: string
  /** What the file is called where the title leaves nothing for a name. */
  readonly unnamed?: string
  readonly format: ChartFormat
  /** The card that it is drawn in. */
  readonly card: HTMLElement | null
  csv(): Blob
  readonly background: string
}

/** Saves bars and dots: their numbers, or the picture that is on the screen. A canvas has no SVG: then it is a PNG. */
export async function savePlot({
  title,
  unnamed = 'chart',
  format,
  card,
  csv,
  background,
}: PlotFile): Promise<void> {
  const name = safeName(title, unnamed)
  if (format === 'csv') return downloadFile(csv(), `${name}.csv`)
  if (format === 'spreadsheet') return downloadCsv(csv(), name, 'spreadsheets')
  const svg = card?.querySelector<SVGSVGElement>('.chart-frame-plot svg[role="img"]')
  if (svg !== null && svg !== undefined) {
    const drawn = new Blob([svg.outerHTML], { type: 'image/svg+xml' })
    const [width, height] = [svg.clientWidth * devicePixelRatio, svg.clientHeight * devicePixelRatio]
    const file = format === 'svg' ? drawn : await svgToPng(drawn, { width, height, background })
    if (file !== null) downloadFile(file, `${name}.${format}`)
    return
  }
  const canvas = card?.querySelector<HTMLCanvasElement>('.chart-frame-plot canvas')
  const png = await new Promise<Blob | null>((resolve) => {
    if (canvas === null || canvas === undefined) resolve(null)
    else canvas.toBlob(resolve)
  })
  if (png !== null) downloadFile(png, `${name}.png`)
}
