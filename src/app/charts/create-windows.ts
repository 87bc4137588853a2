import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { RunId } from '../../model/units.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import {
  MAX_BUCKETS,
  type SeriesWindow,
  type Smoothing,
  type WindowsAnswer,
  type XAxis,
} from '../../protocol/windows.ts'
import { makeCoalesced } from '../tracker/coalesce.ts'
import { isSameX } from '../experiment/create-chart-view.ts'
import { holdBusy, nextPaint } from '../tracker/idle.ts'
import { shownFailure } from '../tracker/shown-failure.ts'
import type { Tracker } from '../tracker/tracker.ts'
import type { XRange } from '../workspace/x-range.ts'

/** What one chart shows: a metric of some runs over a range of x. */
export interface WindowsQuery {
  readonly database: DatabaseId
  readonly key: string
  readonly runIds: readonly RunId[]
  readonly x: XAxis
  /** null: everything there is, growing. */
  readonly range: { readonly from: number; readonly to: number } | null
  readonly buckets: number
  readonly smoothing: Smoothing | null
  readonly scale: 'linear' | 'log'
  /** Whether everything there is has to be known besides a range, coarsely. */
  readonly whole: boolean
}

export interface AnsweredQuery {
  readonly asked: WindowsQuery
  readonly answer: WindowsAnswer
  /** What the same query found over everything, for the places a moving range reaches before its answer does. */
  readonly overview: WindowsAnswer | null
}

export interface WindowsState {
  /** The latest answer and what it answers, kept while the next one is on its way. */
  readonly answered: Accessor<AnsweredQuery | undefined>
  readonly failure: Accessor<string | null>
}

/** A range that changes again within this time is being moved. Unit: milliseconds. */
const MOVING_MS = 160
/** How finely everything there is is read beside a range. */
const WHOLE_BUCKETS = 200
/** While it is moved, this much more is read on either side. Unit: widths of the range. */
const OVERSCAN = 0.75

/**
 * The windows of one chart, live.
 *
 * Read again when the query changes or one of its runs grew: one request at a time, the next starts when the answer has
 * been drawn, so never faster than the screen. A range that is dragged or zoomed is read with more on both sides, and
 * exactly once it rests. A hidden page draws nothing and catches up when it is shown.
 *
 * No `createLiveRead`: its pace is that of the screen, an answer to another range is drawn until there is a better one,
 * and what was read already is not asked for again.
 */
export function createWindows(tracker: Tracker, query: Accessor<WindowsQuery | null>): WindowsState {
  const [answered, setAnswered] = createSignal<AnsweredQuery>()
  const [failure, setFailure] = createSignal<string | null>(null)
  let overview: { readonly asked: WindowsQuery; readonly answer: WindowsAnswer } | null = null
  let movedAt = Number.NEGATIVE_INFINITY
  let isMoving = false
  /** Since the latest answer, or it is unknown whether. */
  let hasGrown = false
  let resting: { readonly timer: number; release(): void } | null = null
  let disposed = false

  const refresh = makeCoalesced(async () => {
    const asked = query()
    if (asked === null || disposed || document.hidden) return
    if (asked.runIds.length === 0) return
    const wanted = isMoving && asked.scale === 'linear' ? overscanned(asked) : asked
    const latest = answered()
    if (isMoving && latest !== undefined && covers(latest, asked)) return
    if (!hasGrown && latest !== undefined && holds(latest, asked)) return
    hasGrown = false
    const release = holdBusy()
    const start = performance.now()
    try {
      const isKnown = overview !== null && isSameLines(overview.asked, asked)
      if (asked.whole && asked.range !== null && !isKnown) {
        const coarse = { ...asked, range: null, buckets: Math.min(asked.buckets, WHOLE_BUCKETS) }
        const whole = await ask(coarse)
        if (whole.ok) overview = { asked: coarse, answer: whole.value }
      }
      const read = await ask(wanted)
      if (disposed) return
      setFailure(read.ok ? null : shownFailure(read.error))
      if (read.ok && isStillWanted(asked, query())) {
        const { value: answer } = read
        if (asked.range === null) overview = { asked, answer }
        const isSame = overview !== null && isSameLines(overview.asked, asked)
        setAnswered({ asked: wanted, answer, overview: isSame && overview !== null ? overview.answer : null })
      }
      const took = performance.now() - start
      await nextPaint()
      // A picture that is gone in a moment is not worth all of the machine: it rests for as long as it read.
      if (isMoving) await new Promise((resolve) => setTimeout(resolve, took))
    } finally {
      release()
    }
  })

  function ask({ database, key, runIds, x, range, buckets, smoothing, scale }: WindowsQuery) {
    return tracker.api.readWindows({
      database,
      x,
      from: range?.from ?? null,
      to: range?.to ?? null,
      buckets,
      series: runIds.map((runId) => ({ runId, key })),
      ...(scale === 'log' ? { scale } : {}),
      ...(smoothing === null ? {} : { smoothing }),
      laps: true,
    })
  }

  /** Reads exactly what is shown when the range has not moved for a moment; the page is busy until then. */
  function restSoon(): void {
    if (resting !== null) clearTimeout(resting.timer)
    const release = resting?.release ?? holdBusy()
    const timer = window.setTimeout(() => {
      resting = null
      isMoving = false
      refresh()
      release()
    }, MOVING_MS)
    resting = { timer, release }
  }

  createEffect(
    on(query, (asked, before) => {
      if (isSameRange(asked, before ?? null)) isMoving = false
      else {
        const now = performance.now()
        isMoving = now - movedAt < MOVING_MS && asked?.range !== null
        movedAt = now
      }
      if (isMoving) restSoon()
      refresh()
    }),
  )
  document.addEventListener('visibilitychange', refresh)
  const stop = tracker.onEvent((event) => {
    const asked = query()
    if (event.type === 'storageChanged') hasGrown = true
    else if (event.type !== 'seriesGrew' || event.database !== asked?.database) return
    else {
      // What is hidden now but in the latest answer may be shown again.
      const known = new Set([...asked.runIds, ...(answered()?.asked.runIds ?? [])])
      if (!event.runIds.some((id) => known.has(id))) return
      hasGrown = true
    }
    refresh()
  })
  onCleanup(() => {
    disposed = true
    stop()
    if (resting !== null) {
      clearTimeout(resting.timer)
      resting.release()
    }
    document.removeEventListener('visibilitychange', refresh)
  })
  return { answered, failure }
}

/** An answer in another unit of x would be drawn on the wrong axis; any other old answer is better than none. */
function isStillWanted(asked: WindowsQuery, wanted: WindowsQuery | null): boolean {
  return wanted !== null && isSameX(wanted.x, asked.x) && wanted.key === asked.key
}

function isSameRange(a: WindowsQuery | null, b: WindowsQuery | null): boolean {
  return a?.range?.from === b?.range?.from && a?.range?.to === b?.range?.to
}

/** Runs that are hidden are not read again, nor when they are shown again, unless the rest is much shorter without them. */
function holds({ asked, answer }: AnsweredQuery, query: WindowsQuery): boolean {
  const isSame =
    isSameX(asked.x, query.x) &&
    asked.key === query.key &&
    asked.buckets === query.buckets &&
    asked.smoothing === query.smoothing &&
    asked.scale === query.scale &&
    asked.range === query.range
  if (!isSame) return false
  const wanted = new Set(query.runIds)
  const kept = answer.windows.filter((window) => wanted.has(window.runId))
  if (new Set(kept.map(({ runId }) => runId)).size < wanted.size) return false
  if (query.range !== null || kept.length === answer.windows.length) return true
  const { from, to } = joinedExtent(kept)
  return to - from >= (answer.to - answer.from) * MIN_KEPT_PART
}

/** Where buckets of all that was read are still fine enough for a part of it. */
const MIN_KEPT_PART = 0.7

/** Where the points of some windows lie; empty when there are none. */
export function joinedExtent(windows: readonly SeriesWindow[]): XRange {
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  for (const { x, nonFinite } of windows) {
    from = Math.min(from, x[0] ?? from, nonFinite.x[0] ?? from)
    to = Math.max(to, x.at(-1) ?? to, nonFinite.x.at(-1) ?? to)
  }
  return { from, to }
}

/** Whether two queries differ in their range at most. */
function isSameLines(a: WindowsQuery, b: WindowsQuery): boolean {
  return (
    isSameX(a.x, b.x) &&
    a.key === b.key &&
    a.runIds === b.runIds &&
    a.smoothing === b.smoothing &&
    a.scale === b.scale
  )
}

/** Wider than the query, and as fine: coarser when there are many lines, for what is gone in a moment. */
function overscanned(query: WindowsQuery): WindowsQuery {
  if (query.range === null) return query
  const { from, to } = query.range
  const more = (to - from) * OVERSCAN
  return {
    ...query,
    range: { from: from - more, to: to + more },
    buckets: Math.ceil(movingBuckets(query) * (1 + 2 * OVERSCAN)),
  }
}

/** Entries of all lines together that are read while a range moves, about. */
const MOVING_ENTRIES = 40_000

/** Across the width of the query. */
function movingBuckets({ buckets, runIds }: WindowsQuery): number {
  const most = Math.min(MAX_BUCKETS, Math.max(buckets, MOVING_ENTRIES / runIds.length))
  return Math.min(buckets, most / (1 + 2 * OVERSCAN))
}

/** How much wider or narrower than what was read a range may be drawn while it moves. */
const COARSEST = 1.5

function covers({ asked }: AnsweredQuery, query: WindowsQuery): boolean {
  if (asked.range === null || query.range === null || !isSameLines(asked, query)) return false
  if (query.scale === 'log') return false
  const isInside = asked.range.from <= query.range.from && asked.range.to >= query.range.to
  const perBucket = (asked.range.to - asked.range.from) / asked.buckets
  const wanted = (query.range.to - query.range.from) / movingBuckets(query)
  return isInside && perBucket <= wanted * COARSEST && perBucket * COARSEST >= wanted
}
