import { createEffect, createMemo, createSignal, on, onCleanup, untrack, type Accessor } from 'solid-js'
import type { Result } from '../../model/result.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import type { TrackerError, TrackerErrorCode } from '../../protocol/tracker-error.ts'
import type { TrackerEvent } from '../../protocol/tracker-event.ts'
import { shownFailure } from './shown-failure.ts'
import type { Tracker } from './tracker.ts'

/** What is announced of a database or its files. */
type NoticeType = 'seriesGrew' | 'runsChanged' | 'arrangementChanged' | 'filesChanged'
type Notice<K extends NoticeType> = Extract<TrackerEvent, { readonly type: K }>

/** `Id`: what can be read by itself, mostly runs. `T`: what is found. */
interface LiveReadOptions<K extends NoticeType, Id, T> {
  /** The one whose notices count; a notice of files is of all of them. */
  readonly database: DatabaseId | Accessor<DatabaseId>
  /** The notices that lead to a read. */
  readonly on: readonly K[]
  /** What of a notice is read again: null for everything, none for nothing. Everything when it is left out. */
  of?(notice: Notice<K>): readonly Id[] | null
  /** So much passes between a read and the next one that is due to a notice. Unit: milliseconds; none when left out. */
  readonly pauseMs?: number | ((type: TrackerEvent['type']) => number)
  /** What is asked for: when it changes everything is read at once, and what was found for another one is dropped. */
  readonly query?: Accessor<unknown>
  /** Whether a hidden page waits until it is shown. */
  readonly onlyShown?: boolean
  /** Reads these, or everything for null; `isLate` says when nobody waits for it any more. Nothing it reads is tracked. */
  read(ids: readonly Id[] | null, isLate: () => boolean): Promise<Result<T, TrackerError>>
  /** Keeps what was found. */
  take?(found: T, ids: readonly Id[] | null): void
}

export interface LiveRead<Id> {
  /** Why the last read failed, as a sentence; null when it did not, or where something else says it. */
  readonly failure: Accessor<string | null>
  /** Reads these again, or everything for null: at once, or when so much has passed since the last read. */
  refresh(ids?: readonly Id[] | null, pauseMs?: number): void
}

/** Failures after which the same question may be answered though nothing is announced. */
const MAY_PASS: ReadonlySet<TrackerErrorCode> = new Set(['interrupted', 'owner-silent'])
/** A worker that stopped has a successor by then; what goes on failing is asked ever more seldom. Unit: milliseconds. */
const FIRST_RETRY_MS = 2_000
const LAST_RETRY_MS = 60_000

/**
 * Reads something, and again when it may be another: one read at a time, and the last notice always leads to one.
 *
 * A new owner of the database may have announced what we did not hear: then everything is read again. What a failed read
 * was about is part of the next one, which comes by itself where the failure may pass.
 */
export function createLiveRead<const K extends NoticeType, Id, T>(
  tracker: Tracker,
  options: LiveReadOptions<K, Id, T>,
): LiveRead<Id> {
  const { database, pauseMs = 0, onlyShown = false } = options
  const query = createMemo(() => options.query?.())
  const [failure, setFailure] = createSignal<string | null>(null)
  /** What is to be read again; null for everything. */
  let dirty: Set<Id> | null = null
  /** How long after the last read the next one is due; null when none is. */
  let duePauseMs: number | null = null
  let endedAt = Number.NEGATIVE_INFINITY
  let retryMs = FIRST_RETRY_MS
  let timer: ReturnType<typeof setTimeout> | undefined
  let isReading = false
  let isOver = false

  function request(ids: readonly Id[] | null, afterMs: number): void {
    outdate(ids)
    duePauseMs = Math.min(duePauseMs ?? afterMs, afterMs)
    next()
  }

  function outdate(ids: readonly Id[] | null): void {
    if (ids === null) dirty = null
    else for (const id of ids) dirty?.add(id)
  }

  function next(): void {
    clearTimeout(timer)
    if (duePauseMs === null || isReading || isOver || (onlyShown && document.hidden)) return
    const waitMs = endedAt + duePauseMs - performance.now()
    if (waitMs > 0) timer = setTimeout(next, waitMs)
    else void untrack(readNow)
  }

  async function readNow(): Promise<void> {
    const asked = query()
    const ids = dirty === null ? null : [...dirty]
    const isLate = (): boolean => isOver || untrack(query) !== asked
    dirty = new Set()
    duePauseMs = null
    isReading = true
    try {
      const answer = await options.read(ids, isLate)
      if (answer.ok) retryMs = FIRST_RETRY_MS
      else askAgain(ids, answer.error)
      if (isLate()) return
      setFailure(answer.ok ? null : shownFailure(answer.error))
      if (answer.ok) options.take?.(answer.value, ids)
    } finally {
      isReading = false
      endedAt = performance.now()
      next()
    }
  }

  /** Only remembers what it was about where the same question has the same answer until something is announced. */
  function askAgain(ids: readonly Id[] | null, { code }: TrackerError): void {
    outdate(ids)
    if (!MAY_PASS.has(code)) return
    duePauseMs = Math.min(duePauseMs ?? retryMs, retryMs)
    retryMs = Math.min(2 * retryMs, LAST_RETRY_MS)
  }

  function hear(event: TrackerEvent): void {
    const ids = outdatedBy(event)
    if (ids === null || ids.length > 0) request(ids, pauseOf(event))
  }

  function outdatedBy(event: TrackerEvent): readonly Id[] | null {
    if (event.type === 'storageChanged') return null
    if (!isOneOf(event, options.on) || !isOurs(event)) return []
    return options.of === undefined ? null : options.of(event)
  }

  function isOurs(event: TrackerEvent): boolean {
    const wanted = typeof database === 'function' ? untrack(database) : database
    return !('database' in event) || event.database === wanted
  }

  function pauseOf({ type }: TrackerEvent): number {
    return typeof pauseMs === 'function' ? pauseMs(type) : pauseMs
  }

  onCleanup(tracker.onEvent(hear))
  onCleanup(() => {
    isOver = true
    clearTimeout(timer)
  })
  if (onlyShown) {
    document.addEventListener('visibilitychange', next)
    onCleanup(() => document.removeEventListener('visibilitychange', next))
  }
  if (options.query === undefined) request(null, 0)
  else createEffect(on(query, () => request(null, 0)))
  return { failure, refresh: (ids = null, afterMs = 0) => request(ids, afterMs) }
}

function isOneOf<K extends NoticeType>(event: TrackerEvent, types: readonly K[]): event is Notice<K> {
  return types.some((type) => type === event.type)
}
