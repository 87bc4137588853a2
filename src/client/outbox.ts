import { NO_POINTS, type Change, type LogBatch, type RunStart } from '../model/log-batch.ts'
import { err, ok, type Result } from '../model/result.ts'
import { createId, type RunId } from '../model/units.ts'
import type { Outcome } from '../protocol/outcome.ts'
import type { IngestReceipt } from '../protocol/store-api.ts'
import type { TrackerApi } from '../protocol/tracker-api.ts'
import { trackerError, type TrackerError } from '../protocol/tracker-error.ts'
import type { TrackerEvent } from '../protocol/tracker-event.ts'
import { letExit } from '../model/event-loop.ts'
import { giveBuffer } from '../model/buffer-pool.ts'
import { mentionedRuns, type Payload } from './point-source.ts'
import { createWaiters } from './waiters.ts'

/** More batches than this are not under way at a time; what is logged meanwhile makes the next one larger. */
export const MAX_IN_FLIGHT = 4

/**
 * A training loop that never yields cannot hear acknowledgements: one more batch leaves whenever this long has
 * passed, up to `MAX_UNHEARD`, so that what it logs is stored and seen all the same.
 */
export const STALL_MS = 1_000
const MAX_UNHEARD = 32

/** Failures this often in a row pass quickly (a takeover, a restart); after that whoever waits is told. */
const QUICK_FAILURES = 3
const FIRST_RETRY_MS = 50
const LONGEST_RETRY_MS = 30_000

/** A batch that is not acknowledged yet. Emptied rather than removed when it is given up, to keep its sequence. */
interface HeldBatch {
  readonly sequence: number
  payload: Payload
  /** Calls under way that may still read the payload. */
  calls: number
  isDurable: boolean
  /** Given up when it cannot be stored for now: whoever asked for it is told instead. */
  readonly droppable: boolean
}

/** Keeps every batch until it is durable, and sends again what may have been lost. */
export interface Outbox {
  hold(payload: Payload, droppable?: boolean): void
  /** Sends what may be sent of what is held; true when there is room for one more batch. `isMuch`: a large one waits. */
  drain(isMuch?: boolean): boolean
  /** Sends all that is held in this turn, even where that was pointless a moment ago. */
  sendNow(): void
  /** Resolves when all that is held now is durable, or with the reason why that may take long. */
  settled(): Outcome<IngestReceipt>
  /** How many batches are not acknowledged. */
  readonly waiting: number
  /** True while sending is pointless: storage is full, the owner is gone, stuck or of another version. */
  readonly paused: boolean
  /** Why nothing is stored at the moment; null while all is well. */
  readonly problem: TrackerError | null
}

/** What became of a batch. */
export type Ingested = Result<IngestReceipt, TrackerError>

export interface OutboxOptions {
  /** Answers at once where the store is in this thread. */
  readonly ingest: (batch: LogBatch) => ReturnType<TrackerApi['ingest']> | Ingested
  /** The Web Lock that shows that this client lives. */
  readonly lock: string
  readonly onTrackerEvent: (listener: (event: TrackerEvent) => void) => () => void
  /** How a run is declared to a store that has never heard of it. */
  readonly declaration: (runId: RunId) => RunStart | null
  /** Called with every acknowledgement. */
  readonly onReceipt: (receipt: IngestReceipt) => void
  /** Called when there may be room again. */
  readonly onRoom: () => void
  readonly onProblem: (problem: TrackerError | null) => void
}

export function createOutbox({
  ingest,
  lock,
  onTrackerEvent,
  declaration,
  onReceipt,
  onRoom,
  onProblem,
}: OutboxOptions): Outbox {
  const clientId = createId()
  const held: HeldBatch[] = []
  const waiters = createWaiters()
  const { settle, heard } = waiters
  let lastSequence = 0

  /** How many of `held`, from its front, are under way. A new generation begins when all of them count as lost. */
  let sent = 0
  let generation = 0
  let lastSentAt = 0

  /** lost: there is nothing that could ever store what is held. */
  let phase: 'flowing' | 'waiting' | 'lost' = 'flowing'
  let problem: TrackerError | null = null
  let failures = 0
  let endWait: (() => void) | null = null

  function mayStart(isMuch: boolean): boolean {
    return sent < MAX_IN_FLIGHT || (sent < MAX_UNHEARD && (isMuch || Date.now() - lastSentAt >= STALL_MS))
  }

  function isFlowing(): boolean {
    return phase === 'flowing'
  }

  function drain(isMuch = false): boolean {
    while (isFlowing()) {
      const next = held[sent]
      if (next === undefined) return mayStart(isMuch)
      if (!mayStart(isMuch)) return false
      sent += 1
      // What answers at once may end the flow.
      deliver(next)
    }
    return phase === 'lost'
  }

  function deliver(entry: HeldBatch): void {
    const sentIn = generation
    const { sequence, payload } = entry
    const { changes, points, arrays = [] } = payload
    lastSentAt = Date.now()
    entry.calls += 1
    const answer = ingestOrExplain({
      clientId,
      sequence,
      firstUnacknowledged: held[0]?.sequence ?? sequence,
      lock,
      changes,
      points,
      ...(arrays.length === 0 ? {} : { arrays }),
    })
    if (answer instanceof Promise) void answer.catch(explain).then(hear)
    else hear(answer)

    function hear(answer: Ingested): void {
      entry.calls -= 1
      letGo(entry)
      if (answer.ok) acknowledge(answer.value)
      else if (sentIn === generation) onRefused(entry, answer.error)
    }
  }

  function ingestOrExplain(batch: LogBatch): Promise<Ingested> | Ingested {
    try {
      return ingest(batch)
    } catch (thrown) {
      return explain(thrown)
    }
  }

  function acknowledge(receipt: IngestReceipt): void {
    heard()
    let done = 0
    while ((held[done]?.sequence ?? Infinity) <= receipt.sequence) done += 1
    for (const entry of held.splice(0, done)) {
      entry.isDurable = true
      letGo(entry)
    }
    sent = Math.max(0, sent - done)
    failures = 0
    onReceipt(receipt)
    if (phase === 'flowing') report(null)
    settle(ok(receipt), (waiter) => waiter.upTo <= receipt.sequence)
    onRoom()
  }

  /** All that is under way counts as lost and is sent again in order; what did arrive is known by its sequence. */
  function onRefused(entry: HeldBatch, error: TrackerError): void {
    generation += 1
    sent = 0
    failures += 1
    switch (error.code) {
      case 'owner-silent':
        report(error)
        settle(err(error), ({ isCommit }) => !isCommit)
        wait()
        return
      case 'version-mismatch':
      case 'storage-full':
        for (const each of held) if (each.droppable) empty(each)
        report(error)
        settle(err(error))
        wait()
        return
      case 'no-store':
        phase = 'lost'
        held.length = 0
        report(error)
        settle(err(error))
        onRoom()
        return
      case 'unknown-run':
        if (!redeclare(entry)) giveUp(entry, error)
        break
      case 'batch-malformed':
      case 'read-only':
        giveUp(entry, error)
        break
      default:
        if (failures <= QUICK_FAILURES) break
        report(error)
        settle(err(error))
    }
    if (failures === 1) onRoom()
    else wait()
  }

  /** Puts the runs a store does not know in front of what is said of them; false when that was done before. */
  function redeclare(entry: HeldBatch): boolean {
    const { changes } = entry.payload
    const known = new Set(changes.map((change) => (change.type === 'startRun' ? change.run.id : null)))
    const starts: Change[] = []
    for (const runId of mentionedRuns(entry.payload)) {
      const run = known.has(runId) ? null : declaration(runId)
      if (run !== null) starts.push({ type: 'startRun', run })
    }
    entry.payload = { ...entry.payload, changes: [...starts, ...changes] }
    return starts.length > 0
  }

  /** The store will never take this batch, and the ones behind it must not wait for it for ever. */
  function giveUp(entry: HeldBatch, error: TrackerError): void {
    empty(entry)
    if (!entry.droppable) report(error)
    settle(err(error), ({ upTo }) => upTo === entry.sequence || (!entry.droppable && upTo > entry.sequence))
  }

  /** Tries again later, or as soon as the tracker announces that its storage has changed. */
  function wait(): void {
    endWait?.()
    phase = 'waiting'
    const timer = setTimeout(resume, Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1)))
    // Node ends unless somebody waits for an answer: what is held then is sent once more, see `sendNow`.
    if (!waiters.isAnyone) letExit(timer)
    const stopListening = onTrackerEvent((event) => {
      if (event.type === 'storageChanged') resume()
    })
    endWait = () => {
      clearTimeout(timer)
      stopListening()
      endWait = null
    }
  }

  function resume(): void {
    if (phase !== 'waiting') return
    endWait?.()
    phase = 'flowing'
    onRoom()
  }

  function report(next: TrackerError | null): void {
    if (problem?.code === next?.code && problem?.message === next?.message) return
    problem = next
    onProblem(next)
  }

  return {
    drain,
    hold(payload, droppable = false) {
      if (phase === 'lost') return
      lastSequence += 1
      held.push({ sequence: lastSequence, payload, droppable, calls: 0, isDurable: false })
    },
    sendNow() {
      resume()
      drain(true)
    },
    async settled() {
      if (phase === 'lost' && problem !== null) return err(problem)
      if (held.length === 0) return ok({ sequence: lastSequence, watched: false })
      const answer = waiters.wait(lastSequence, held.at(-1)?.droppable === true)
      resume()
      return answer
    },
    get waiting() {
      return held.length
    },
    get paused() {
      return phase === 'waiting'
    },
    get problem() {
      return problem
    },
  }
}

function explain(thrown: unknown): Ingested {
  const reason = thrown instanceof Error ? thrown.message : String(thrown)
  return err(trackerError('interrupted', `The tracker could not store what was logged: ${reason}`))
}

const NOTHING: Payload = { changes: [], points: NO_POINTS }

/** Nobody needs the payload once it is durable and no call may send it again. */
function letGo({ calls, isDurable, payload: { points, arrays = [] } }: HeldBatch): void {
  if (calls > 0 || !isDurable) return
  giveBuffer(points.columns.buffer)
  // What leaves in parts has one buffer for all of them.
  for (const { bytes, part } of arrays) if (part === undefined) giveBuffer(bytes.buffer)
}

function empty(entry: HeldBatch): void {
  entry.payload = NOTHING
}
