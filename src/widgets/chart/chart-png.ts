import type { ChartColors } from '../chart-colors.ts'

const TITLE_HEIGHT = 32

/** The drawn canvas of a chart under its title, as a PNG file; null where the browser makes none. */
export function chartToPng(
  drawn: HTMLCanvasElement,
  title: string,
  colors: ChartColors,
): Promise<Blob | null> {
  const ratio = drawn.width / Math.max(1, drawn.clientWidth)
  const canvas = document.createElement('canvas')
  canvas.width = drawn.width
  canvas.height = drawn.height + TITLE_HEIGHT * ratio
  const context = canvas.getContext('2d')
  if (context === null) return Promise.resolve(null)
  context.fillStyle = colors.surface
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = colors.ink
  context.font = `600 ${13 * ratio}px 'Inter Variable', system-ui, sans-serif`
  context.fillText(title, 12 * ratio, 20 * ratio, canvas.width - 24 * ratio)
  context.drawImage(drawn, 0, TITLE_HEIGHT * ratio)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
}
