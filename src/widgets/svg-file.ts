import type { ChartColors } from './chart-colors.ts'

export const SVG_FONT = "font-family='Inter, system-ui, sans-serif'"
export const SVG_TYPE = 'image/svg+xml'
/** What the title takes of the height, and what is kept free around. Unit: pixels. */
const TITLE_HEIGHT = 32
const MARGIN = 12

/** What is drawn, as elements of an SVG. Unit: pixels. */
export interface SvgDrawing {
  readonly width: number
  readonly height: number
  readonly body: string
}

/** A drawing under its title, on a background, as a file that stands alone. */
export function titledSvg(
  title: string,
  { width, height, body }: SvgDrawing,
  colors: ChartColors,
): { readonly file: Blob; readonly width: number; readonly height: number } {
  const size = { width: width + 2 * MARGIN, height: TITLE_HEIGHT + height + MARGIN }
  const text = [
    `<svg xmlns='http://www.w3.org/2000/svg' width='${size.width}' height='${size.height}'>`,
    `<rect width='100%' height='100%' fill='${colors.surface}'/>`,
    `<text x='${MARGIN}' y='20' ${SVG_FONT} font-size='13' font-weight='600' fill='${colors.ink}'>${escapeXml(title)}</text>`,
    `<g transform='translate(${MARGIN} ${TITLE_HEIGHT})'>${body}</g>`,
    `</svg>`,
  ].join('\n')
  return { ...size, file: new Blob([text], { type: SVG_TYPE }) }
}

/** Names come from strangers; control characters are not allowed in XML at all. */
export function escapeXml(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are the ones
  const allowed = text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
  return allowed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
