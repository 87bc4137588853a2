import { svgToPng } from '../shell/svg-to-png.ts'

/** What of a style a drawing needs to look the same elsewhere. */
const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linejoin',
  'opacity',
  'font-size',
  'font-weight',
] as const

const FONT = 'Inter, system-ui, sans-serif'
const MARGIN = 12
const TITLE_HEIGHT = 28
/** Sharp on paper too. */
const PNG_RATIO = 2

/** A drawing as it is on the screen, under its title, as an SVG file; null where there is none. */
export async function drawingToSvg(drawing: HTMLElement, title: string): Promise<Blob | null> {
  const found = svgOf(drawing, title)
  return found === null ? null : new Blob([found.text], { type: 'image/svg+xml' })
}

/** The same as a PNG file; null where the browser makes none. */
export async function drawingToPng(drawing: HTMLElement, title: string): Promise<Blob | null> {
  const found = svgOf(drawing, title)
  if (found === null) return null
  const svg = new Blob([found.text], { type: 'image/svg+xml' })
  try {
    return await svgToPng(svg, { width: found.width * PNG_RATIO, height: found.height * PNG_RATIO })
  } catch (cause) {
    // What it cannot decode, or not draw so large.
    if (!(cause instanceof DOMException)) throw cause
    return null
  }
}

interface SvgText {
  readonly text: string
  readonly width: number
  readonly height: number
}

function svgOf(drawing: HTMLElement, title: string): SvgText | null {
  const shown = drawing.querySelector('svg')
  if (shown === null) return null
  const { clientWidth, clientHeight } = drawing
  const [width, height] = [clientWidth + 2 * MARGIN, clientHeight + TITLE_HEIGHT + MARGIN]
  const copy = shown.cloneNode(true) as SVGSVGElement
  const originals = shown.querySelectorAll('*')
  copy.querySelectorAll('*').forEach((element, index) => {
    const original = originals[index]
    if (original === undefined) return
    const style = getComputedStyle(original)
    for (const name of STYLES) element.setAttribute(name, style.getPropertyValue(name))
    element.removeAttribute('class')
    element.removeAttribute('style')
  })
  const page = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  page.setAttribute('width', String(width))
  page.setAttribute('height', String(height))
  page.setAttribute('viewBox', `0 0 ${width} ${height}`)
  page.setAttribute('font-family', FONT)
  const { style } = { style: getComputedStyle(document.documentElement) }
  const add = (tag: string, attributes: Record<string, string | number>, parent: Element = page): Element => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag)
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
    parent.append(element)
    return element
  }
  add('rect', { width, height, fill: style.getPropertyValue('--surface') })
  add('text', {
    x: MARGIN,
    y: 19,
    'font-size': 13,
    'font-weight': 600,
    fill: style.getPropertyValue('--ink'),
  }).textContent = title
  const place = add('g', { transform: `translate(${MARGIN} ${TITLE_HEIGHT})` })
  const canvas = drawing.querySelector('canvas')
  if (canvas !== null) {
    add('image', { href: canvas.toDataURL(), width: clientWidth, height: clientHeight }, place)
  }
  place.append(...copy.childNodes)
  return { text: new XMLSerializer().serializeToString(page), width, height }
}
