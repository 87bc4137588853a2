import { NO_POINTS, type Change } from '../model/log-batch.ts'
import { ok } from '../model/result.ts'
import type { Kept } from './durability.ts'
import type { RunId } from '../model/units.ts'
import type { Outcome } from '../protocol/outcome.ts'
import type { IngestReceipt, StorageKind } from '../protocol/store-api.ts'
import type { TrackerError } from '../protocol/tracker-error.ts'
import { createOutbox, STALL_MS, type OutboxOptions } from './outbox.ts'
import { isAnyBuffered, takeArrays, takeColumns, type PointSource } from './point-source.ts'

/** A point is a step, a value and a time. */
const POINT_COLUMNS = 3

/** A batch leaves with this many points: 96 KB, which posts in a fraction of a millisecond. */
export const FLUSH_POINTS = 4_096

/** So much is worth a batch of its own even when those before it are not acknowledged, as in a loop that never yields. */
export const MUCH_POINTS = 65_536

/** A batch leaves at the latest this long after its first point while someone watches; shorter delays are not seen. */
export const WATCHED_FLUSH_INTERVAL_MS = 130

/** And this long while nobody does: each batch costs the training a fraction of a millisecond. */
export const FLUSH_INTERVAL_MS = 250

/** What left since the start, and how much of it is not acknowledged. Unit: batches, points of metrics, bytes. */
export interface Traffic {
  readonly waiting: number
  readonly points: number
  readonly bytes: number
}

/** Carries everything one page or worker logs to the tracker, in order, exactly once. */
export interface Uplink {
  /** Called by the hot path after `count` values were buffered: nothing leaves that was not told. Cost: three comparisons. */
  touch(count: number, now: number): void
  /** From now on the points of the source may leave. */
  add(source: PointSource): void
  remove(source: PointSource): void
  /** Leaves in this turn of the event loop, with what is buffered; the end of a run with the last of its points. */
  enqueue(change: Change): void
  /** Resolves when everything buffered before is durable, or says why that may take long; nothing is lost either way. */
  flush(): Outcome<Kept>
  /** The same in this very turn, over an `ingest` that answers at once; elsewhere it only leaves. */
  flushNow(): void
  /**
   * Resolves when the changes are durable; when it answers an error they are not, and will not be.
   *
   * Errors: `storage-full` and `unknown-run` are the likely ones.
   */
  commit(changes: readonly Change[]): Outcome<IngestReceipt>
  traffic(): Traffic
  /** Why nothing is stored at the moment; null while all is well. */
  readonly problem: TrackerError | null
  /** Why what was stored last is in memory only, as a sentence; null while it is on a disk, or nothing was. */
  readonly memory: string | null
  /** Calls back when `problem` or `memory` changes; returns how to stop. */
  onProblem(listener: (problem: TrackerError | null) => void): () => void
}

/** How much is gathered, and for how long, before a batch leaves. Unit: points, milliseconds. */
export interface Pace {
  readonly points: number
  readonly watchedMs: number
  readonly unwatchedMs: number
}

export interface UplinkOptions extends Pick<OutboxOptions, 'ingest' | 'lock' | 'onTrackerEvent'> {
  /** Of a worker where left out. */
  readonly pace?: Pace
  /** Where it keeps things unless that is memory: `opfs` when left out. */
  readonly storage?: StorageKind
}

const PACE_TO_A_WORKER: Pace = {
  points: FLUSH_POINTS,
  watchedMs: WATCHED_FLUSH_INTERVAL_MS,
  unwatchedMs: FLUSH_INTERVAL_MS,
}

export function createUplink(options: UplinkOptions): Uplink {
  const { pace = PACE_TO_A_WORKER, storage = 'opfs' } = options
  const sources = new Set<PointSource>()
  /** Outlives the source: a finished run may still have to be declared to a new store. */
  const declared = new Map<RunId, PointSource>()
  const listeners = new Set<(problem: TrackerError | null) => void>()
  const outbox = createOutbox({
    ...options,
    onReceipt({ watched, memory: reason = null }) {
      interval = watched ? pace.watchedMs : pace.unwatchedMs
      if (reason === memory) return
      memory = reason
      for (const listener of listeners) listener(outbox.problem)
    },
    declaration: (runId) => declared.get(runId)?.declaration() ?? null,
    onRoom: pump,
    onProblem(problem) {
      if (problem !== null) letFlushesGo()
      for (const listener of listeners) listener(problem)
    },
  })
  let memory: string | null = null
  let queue: Change[] = []
  let points = 0
  let bytes = 0
  /** Ends of runs: each waits for the last points of its run, and leaves in the same batch. */
  let ends: Change[] = []
  /** Flushes that wait for room, so that many of them leave together. */
  let flushes: (() => void)[] = []

  /** Values buffered since the last cut. They leave when `pending >= limit` or the clock passes `flushAt` (Infinity: idle). */
  let pending = 0
  let limit = pace.points
  let flushAt = Infinity
  let interval = pace.watchedMs
  let due = false
  let timerArmed = false
  let microtaskArmed = false

  function touch(count: number, now: number): void {
    pending += count
    if (pending >= limit || now >= flushAt) pumpAll()
    else if (flushAt === Infinity) awaitPause(now)
  }

  /** At most one timer for each interval, so that the last points leave when nobody logs any more. */
  function awaitPause(now: number): void {
    flushAt = now + interval
    if (timerArmed) return
    timerArmed = true
    setTimeout(() => {
      timerArmed = false
      if (pending > 0) pumpAll()
    }, interval)
  }

  function pumpAll(): void {
    due = true
    pump()
  }

  /** Sends what is held, then, if a flush is due, what is buffered. */
  function pump(): void {
    if (flushes.length > 0 && outbox.drain()) letFlushesGo()
    while (outbox.drain(pending >= MUCH_POINTS)) {
      if (!due) return
      if (!cut()) return rest()
    }
    holdBack()
  }

  function letFlushesGo(): void {
    if (flushes.length === 0) return
    const ready = flushes
    flushes = []
    cutAll()
    for (const go of ready) go()
  }

  /** Nothing may leave now: let the buffers grow and look again when an answer comes, or in a while. */
  function holdBack(): void {
    due = true
    limit = outbox.paused || pending >= MUCH_POINTS ? Infinity : MUCH_POINTS
    flushAt = outbox.paused ? Number.MAX_VALUE : Date.now() + STALL_MS
  }

  function rest(): void {
    due = false
    pending = 0
    limit = pace.points
    flushAt = Infinity
  }

  /** Cuts one batch of what is queued and buffered; false when there is nothing. Cost: one look at every source. */
  function cut(): boolean {
    // Thousands of runs may end in one turn, and each flushes.
    if (pending === 0 && queue.length === 0 && ends.length === 0) return false
    const changes = queue
    queue = []
    for (const source of sources) changes.push(...source.takeChanges())
    const taken = takeColumns(sources)
    const arrays = takeArrays(sources)
    if (ends.length > 0 && !isAnyBuffered(sources)) {
      changes.push(...ends)
      ends = []
    }
    if (changes.length === 0 && taken.sections.length === 0 && arrays.length === 0) return false
    points += taken.columns.length / POINT_COLUMNS
    bytes += arrays.reduce((sum, array) => sum + array.bytes.byteLength, taken.columns.byteLength)
    outbox.hold({ changes, points: taken, arrays })
    return true
  }

  function cutAll(): void {
    while (cut());
    pending = 0
  }

  return {
    touch,
    add(source) {
      sources.add(source)
      declared.set(source.runId, source)
    },
    remove: (source) => void sources.delete(source),
    enqueue(change) {
      const into = change.type === 'endRun' ? ends : queue
      into.push(change)
      if (microtaskArmed) return
      microtaskArmed = true
      queueMicrotask(() => {
        microtaskArmed = false
        pumpAll()
      })
    },
    async flush() {
      // Runs that end in one turn say so before the first of them is sent.
      await Promise.resolve()
      // Not behind a problem: whoever waits is to be told of it.
      if (!outbox.drain() && !outbox.paused && outbox.problem === null) {
        await new Promise<void>((resolve) => flushes.push(resolve))
      }
      cutAll()
      const settled = outbox.settled()
      pumpAll()
      const answer = await settled
      if (!answer.ok) return answer
      return ok(memory === null ? { storage, reason: '' } : { storage: 'memory', reason: memory })
    },
    flushNow() {
      cutAll()
      outbox.sendNow()
    },
    commit(changes) {
      cutAll()
      outbox.hold({ changes, points: NO_POINTS }, true)
      const settled = outbox.settled()
      pumpAll()
      return settled
    },
    traffic: () => ({ waiting: outbox.waiting, points, bytes }),
    get problem() {
      return outbox.problem
    },
    get memory() {
      return memory
    },
    onProblem(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
