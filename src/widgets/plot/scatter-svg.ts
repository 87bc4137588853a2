import { createRoot } from 'solid-js'
import type { ChartColors } from '../chart-colors.ts'
import type { Stroke } from '../dashes.ts'
import { escapeXml, SVG_FONT, type SvgDrawing } from '../svg-file.ts'
import { BOTTOM, createScatterLayout, type ScatterLayout } from './create-scatter-layout.ts'
import type { PlotAxis } from './plot-axis.ts'

/** Dots by two of their values. */
export interface ScatterPicture {
  readonly x: PlotAxis
  readonly y: PlotAxis
  color(dot: number): string
  stroke(dot: number): Stroke
  name(dot: number): string
}

/** As large as the picture of a chart. Unit: pixels. */
const WIDTH = 880
const HEIGHT = 420

/** The dots as they lie on the screen, each with its name, and the axes with their labels. */
export function scatterToSvg(picture: ScatterPicture, colors: ChartColors): SvgDrawing {
  return createRoot((dispose) => {
    const layout = createScatterLayout(
      picture,
      () => WIDTH,
      () => HEIGHT,
    )
    const body = [...axesToSvg(picture, layout, colors), ...dotsToSvg(picture, layout)].join('\n')
    dispose()
    return { width: WIDTH, height: HEIGHT, body }
  })
}

function axesToSvg(
  { x, y }: ScatterPicture,
  { start, plotWidth, ticksX, ticksY, left, top }: ScatterLayout,
  colors: ChartColors,
): readonly string[] {
  const text = (words: string, at: string, more = `fill='${colors.axis}'`): string =>
    `<text ${at} ${SVG_FONT} font-size='11' ${more}>${escapeXml(words)}</text>`
  const ink = `fill='${colors.ink}'`
  return [
    ...ticksY().flatMap(({ part, text: words }) => [
      `<path d='M${start()},${top(part)}h${plotWidth()}' stroke='${colors.grid}'/>`,
      text(words, `x='${start() - 8}' y='${top(part) + 4}' text-anchor='end'`),
    ]),
    ...ticksX().map(({ part, text: words }) =>
      text(words, `x='${left(part)}' y='${HEIGHT - BOTTOM + 16}' text-anchor='middle'`),
    ),
    text(y.label, `x='0' y='12'`, ink),
    text(x.label, `x='${start() + plotWidth() / 2}' y='${HEIGHT - 6}' text-anchor='middle'`, ink),
  ]
}

function dotsToSvg(picture: ScatterPicture, layout: ScatterLayout): readonly string[] {
  return [...layout.order()].map((dot) => {
    const [x, y] = layout.placeOf(dot)
    const color = picture.color(dot)
    const title = `<title>${escapeXml(picture.name(dot))}</title>`
    const r = layout.radius()
    switch (picture.stroke(dot)) {
      case 0:
        return `<circle cx='${x}' cy='${y}' r='${r}' fill='${color}' fill-opacity='0.9'>${title}</circle>`
      case 1:
        return `<circle cx='${x}' cy='${y}' r='${0.75 * r}' fill='none' stroke='${color}' stroke-width='${r / 2}'>${title}</circle>`
      case 2:
        return `<rect x='${x - r}' y='${y - r}' width='${2 * r}' height='${2 * r}' fill='${color}' fill-opacity='0.9'>${title}</rect>`
    }
  })
}
