import type { ChartColors } from '../chart-colors.ts'
import { dashOf } from '../dashes.ts'
import { entriesInRange, lineSegments, type ChartLine, type XKind } from './chart-line.ts'
import { tickKindOf } from './chart-axis.ts'
import { toPixel, xPixels, yPixels, type PlotArea } from './plot-area.ts'
import { escapeXml, SVG_FONT } from '../svg-file.ts'
import { axisTicks } from '../ticks/axis-ticks.ts'
import type { Tick } from '../ticks/number-ticks.ts'

/** A picture of a chart. Unit: pixels of the picture. */
export interface ChartPicture {
  readonly title: string
  readonly width: number
  readonly height: number
  readonly lines: readonly ChartLine[]
  readonly area: PlotArea
  readonly xKind: XKind
}

const LEGEND_ROW = 16
/** Of a label. Unit: pixels. */
const LETTER = 6.6

/** A chart as an SVG file: axes, envelopes, lines and what they are called. */
export function chartToSvg(picture: ChartPicture, colors: ChartColors): string {
  const { title, area, lines } = picture
  const more = margin(picture)
  const width = picture.width + more
  const height = picture.height + LEGEND_ROW * lines.length + 8
  const { left, top } = area
  const plot = `<clipPath id='plot'><rect x='${left}' y='${top}' width='${area.width}' height='${area.height}'/></clipPath>`
  return [
    `<svg xmlns='http://www.w3.org/2000/svg' width='${width}' height='${height}' viewBox='${-more} 0 ${width} ${height}'>`,
    `<defs>${plot}</defs>`,
    `<rect x='${-more}' width='100%' height='100%' fill='${colors.surface}'/>`,
    `<text x='${left}' y='18' ${SVG_FONT} font-size='13' font-weight='600' fill='${colors.ink}'>${escapeXml(title)}</text>`,
    yTicks(picture, colors),
    xTicks(picture, colors),
    `<g clip-path='url(#plot)'>`,
    ...lines.map((line) => lineToSvg(line, area, colors)),
    `</g>`,
    ...lines.map((line, index) => legendToSvg(line, left, picture.height + LEGEND_ROW * index + 4, colors)),
    `</svg>`,
  ].join('\n')
}

function lineToSvg(line: ChartLine, area: PlotArea, colors: ChartColors): string {
  const { from, to } = entriesInRange(line, area.x)
  const segments = lineSegments(line, from, to)
  const color = colors.series(line.color)
  const paths: string[] = []
  for (let pair = 0; pair < segments.length; pair += 2) {
    const [start = 0, end = 0] = [segments[pair], segments[pair + 1]]
    if (!line.raw) {
      const edge = [
        ...placesOf(area, line.x, line.max, start, end),
        ...placesOf(area, line.x, line.min, start, end).toReversed(),
      ]
      paths.push(
        `<path d='M${edge.join('L')}Z' fill='${color}' fill-opacity='0.15' stroke='${color}' stroke-opacity='0.3' stroke-width='0.5'/>`,
      )
    }
    const faint = line.smoothed === null ? '' : `stroke-opacity='0.28'`
    paths.push(
      `<path d='M${placesOf(area, line.x, line.mean, start, end).join('L')}' fill='none' stroke='${color}' ${faint} stroke-width='1.4' stroke-linejoin='round' ${dashes(line)}/>`,
    )
  }
  if (line.smoothed !== null) {
    const { x, mean } = line.smoothed
    paths.push(
      `<path d='M${placesOf(area, x, mean, 0, x.length).join('L')}' fill='none' stroke='${color}' stroke-width='1.4' stroke-linejoin='round' ${dashes(line)}/>`,
    )
  }
  return paths.join('\n')
}

function placesOf(
  area: PlotArea,
  x: Float64Array,
  y: Float64Array,
  start: number,
  end: number,
): readonly string[] {
  const [toX, toY] = [xPixels(area), yPixels(area)]
  return Array.from(
    { length: end - start },
    (_, index) =>
      `${round(toPixel(toX, x[start + index] ?? 0))},${round(toPixel(toY, y[start + index] ?? 0))}`,
  )
}

function ticksOfY({ area }: ChartPicture): readonly Tick[] {
  return axisTicks('number', area.yScale === 'log', ...area.y, area.height / 30)
}

function yTicks(picture: ChartPicture, colors: ChartColors): string {
  const { area, width } = picture
  const right = Math.min(width, area.left + area.width)
  return ticksOfY(picture)
    .map(({ at, text }) => {
      const y = round(toPixel(yPixels(area), at))
      return `<path d='M${area.left},${y}H${right}' stroke='${colors.grid}'/><text x='${area.left - 6}' y='${y + 4}' text-anchor='end' ${SVG_FONT} font-size='11' fill='${colors.axis}'>${escapeXml(text)}</text>`
    })
    .join('\n')
}

/** How much more room than there is the labels of y take. */
function margin(picture: ChartPicture): number {
  const longest = Math.max(0, ...ticksOfY(picture).map(({ text }) => text.length))
  return Math.max(0, Math.ceil(longest * LETTER + 12 - picture.area.left))
}

function xTicks({ area, lines, xKind }: ChartPicture, colors: ChartColors): string {
  const y = area.top + area.height + 18
  return axisTicks(tickKindOf(xKind, lines), area.xScale === 'log', area.x.from, area.x.to, area.width / 80)
    .map(
      ({ at, text }) =>
        `<text x='${round(toPixel(xPixels(area), at))}' y='${y}' text-anchor='middle' ${SVG_FONT} font-size='11' fill='${colors.axis}'>${escapeXml(text)}</text>`,
    )
    .join('\n')
}

function legendToSvg(line: ChartLine, x: number, y: number, colors: ChartColors): string {
  const middle = y + LEGEND_ROW / 2
  return `<path d='M${x},${middle}h16' stroke='${colors.series(line.color)}' stroke-width='2' ${dashes(line)}/><text x='${x + 22}' y='${middle + 4}' ${SVG_FONT} font-size='11' fill='${colors.ink}'>${escapeXml(line.name)}</text>`
}

function dashes({ stroke }: ChartLine): string {
  return stroke === 0 ? '' : `stroke-dasharray='${dashOf(stroke).join(' ')}'`
}

function round(pixel: number): number {
  return Math.round(Math.min(1e6, Math.max(-1e6, pixel)) * 100) / 100
}
