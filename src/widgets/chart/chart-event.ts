import { lowerBound } from '../../model/sorted.ts'

/** Something that happened to a run, as a place on x. */
export interface ChartEvent {
  /** The colour of the run, and what it is called. */
  readonly color: string
  readonly runName: string
  readonly from: number
  /** null for a moment. */
  readonly until: number | null
  /** “page hidden for 3:20”. */
  readonly words: string
  /** It asks for attention: an error, an alert. */
  readonly isBad: boolean
}

/** What happened, where it can be found quickly. Shape: both in order of `from`; an entry of `reach` for each of `spans`. */
export interface ChartEvents {
  readonly spans: readonly ChartEvent[]
  /** How far the spans up to this one reach: never descends. */
  readonly reach: Float64Array
  readonly spanStarts: Float64Array
  readonly moments: readonly ChartEvent[]
  readonly momentPlaces: Float64Array
}

export function arrangeEvents(events: readonly ChartEvent[]): ChartEvents {
  const ordered = events.filter(({ from }) => Number.isFinite(from)).toSorted((a, b) => a.from - b.from)
  const spans = ordered.filter(({ until }) => until !== null)
  const moments = ordered.filter(({ until }) => until === null)
  let furthest = Number.NEGATIVE_INFINITY
  const reach = Float64Array.from(spans, ({ from, until }) => {
    furthest = Math.max(furthest, until ?? from)
    return furthest
  })
  return {
    spans,
    reach,
    spanStarts: Float64Array.from(spans, ({ from }) => from),
    moments,
    momentPlaces: Float64Array.from(moments, ({ from }) => from),
  }
}

export const NO_EVENTS: ChartEvents = arrangeEvents([])

/** The spans that touch a range and the moments within it. Cost: what is there, and a search. */
export function eventsWithin(events: ChartEvents, from: number, to: number): readonly ChartEvent[] {
  const { spans, reach, spanStarts, moments, momentPlaces } = events
  const touching: ChartEvent[] = []
  for (let index = lowerBound(reach, from); index < spans.length; index += 1) {
    const span = spans[index]
    if (span === undefined || (spanStarts[index] ?? 0) > to) break
    if ((span.until ?? span.from) >= from) touching.push(span)
  }
  const last = momentPlaces.length
  let index = lowerBound(momentPlaces, from)
  for (; index < last && (momentPlaces[index] ?? 0) <= to; index += 1) {
    const moment = moments[index]
    if (moment !== undefined) touching.push(moment)
  }
  return touching
}
