import { parseJson } from '../../model/json.ts'
import { isStep } from '../../model/units.ts'

/** How one media card is looked at. */
export interface MediaOptions {
  /** The step that is shown; null for the latest, also of what is still to come. */
  readonly step: number | null
  /** Which of several of one step. */
  readonly index: number
  /** Which of the ways to draw its kind; empty for the first. */
  readonly look: string
}

/** How the media of an experiment are arranged: only cards that are not as at first are named. */
export interface MediaView {
  readonly expanded: string | null
  readonly collapsed: readonly string[]
  readonly cards: Readonly<Record<string, MediaOptions>>
}

export const LATEST: MediaOptions = { step: null, index: 0, look: '' }
export const INITIAL_MEDIA: MediaView = { expanded: null, collapsed: [], cards: {} }

/** Bound of what a link may name one by one. */
const MAX_CARDS = 500
/** Longer ones are none of ours. Unit: UTF-16 code units. */
const MAX_TEXT = 200_000

/** Empty for the arrangement at first. */
export function printMediaView(view: MediaView): string {
  const text = JSON.stringify(view)
  return text === JSON.stringify(INITIAL_MEDIA) ? '' : text
}

/** Makes an arrangement of whatever a link says. */
export function parseMediaView(text: string): MediaView {
  const raw = text === '' || text.length > MAX_TEXT ? undefined : parseJson(text)
  if (typeof raw !== 'object' || raw === null) return INITIAL_MEDIA
  const { expanded, collapsed, cards } = raw as Record<string, unknown>
  const named = Object.entries((cards ?? {}) as Record<string, Record<string, unknown> | null>)
  return {
    expanded: typeof expanded === 'string' ? expanded : null,
    collapsed: Array.isArray(collapsed)
      ? collapsed.filter((each) => typeof each === 'string').slice(0, MAX_CARDS)
      : [],
    cards: Object.fromEntries(
      named.slice(0, MAX_CARDS).map(([key, options]) => [key, parseOptions(options ?? {})]),
    ),
  }
}

function parseOptions({ step, index, look }: Record<string, unknown>): MediaOptions {
  return {
    step: isStep(step) ? step : null,
    index: Number.isSafeInteger(index) && (index as number) > 0 ? (index as number) : 0,
    look: typeof look === 'string' ? look.slice(0, 40) : '',
  }
}
