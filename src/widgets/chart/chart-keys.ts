import { lowerBound } from '../../model/sorted.ts'
import type { ChartLine, ChartRange } from './chart-line.ts'
import { panned, zoomedAt } from './plot-area.ts'
import { fromScale, toScale, type Scale } from '../ticks/axis-places.ts'

/** What a key asks of a chart. */
export type ChartKey =
  | { readonly type: 'move'; readonly x: number }
  | { readonly type: 'zoom'; readonly range: ChartRange }
  | { readonly type: 'reset' }

/** What a chart shows when a key is pressed. */
export interface ChartKeyPlace {
  readonly lines: readonly ChartLine[]
  readonly range: ChartRange
  readonly scale: Scale
  /** null before the first move. */
  readonly cursor: number | null
}

const ZOOM_FACTOR = 2
const PAN_PART = 0.2
const PAGE_PART = 0.1
/** The cursor goes on by at least this part of the range. */
const LEAST_MOVE_PART = 1 / 500

/** What a key does on a chart; null where it is none of its keys. */
export function chartKey(event: KeyboardEvent, place: ChartKeyPlace): ChartKey | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null
  const { range, scale } = place
  const cursor = place.cursor ?? fromScale((toScale(range.from, scale) + toScale(range.to, scale)) / 2, scale)
  const direction = { ArrowLeft: -1, ArrowRight: 1, PageUp: -1, PageDown: 1 }[event.key] as -1 | 1 | undefined
  if (direction !== undefined) {
    const isPage = event.key.startsWith('Page')
    if (event.shiftKey && !isPage) return { type: 'zoom', range: panned(range, direction * PAN_PART, scale) }
    const moved = isPage ? pageMove(range, cursor, direction, scale) : nextPlace(place, cursor, direction)
    return { type: 'move', x: Math.min(range.to, Math.max(range.from, moved)) }
  }
  switch (event.key) {
    case 'Home':
      return { type: 'move', x: range.from }
    case 'End':
      return { type: 'move', x: range.to }
    case '+':
    case '=':
      return { type: 'zoom', range: zoomedAt(range, cursor, 1 / ZOOM_FACTOR, scale) }
    case '-':
      return { type: 'zoom', range: zoomedAt(range, cursor, ZOOM_FACTOR, scale) }
    case '0':
      return { type: 'reset' }
    default:
      return null
  }
}

function pageMove({ from, to }: ChartRange, cursor: number, direction: -1 | 1, scale: Scale): number {
  const page = PAGE_PART * (toScale(to, scale) - toScale(from, scale))
  return fromScale(toScale(cursor, scale) + direction * page, scale)
}

/** The nearest entry of any line in a direction that is far enough to be seen. */
function nextPlace({ lines, range }: ChartKeyPlace, cursor: number, direction: -1 | 1): number {
  const least = cursor + direction * (range.to - range.from) * LEAST_MOVE_PART
  let nearest = direction * Number.POSITIVE_INFINITY
  for (const { x } of lines) {
    const index = lowerBound(x, least)
    const place = direction === 1 ? x[index] : x[index] === least ? least : x[index - 1]
    if (place !== undefined && direction * (nearest - place) > 0) nearest = place
  }
  return Number.isFinite(nearest) ? nearest : least
}
