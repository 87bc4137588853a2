import { letExit } from '../model/event-loop.ts'
import { err, type Result } from '../model/result.ts'
import { CALL_DEADLINE_MS } from '../protocol/calls.ts'
import type { Outcome } from '../protocol/outcome.ts'
import type { IngestReceipt } from '../protocol/store-api.ts'
import { trackerError, type TrackerError } from '../protocol/tracker-error.ts'

/** Whoever waits is told when nothing was acknowledged for so long: no call takes longer without being repeated. */
const SILENCE_MS = CALL_DEADLINE_MS + 5_000

interface Waiter {
  readonly upTo: number
  /** An error would say that it was not applied, which nobody knows while the owner is silent. */
  readonly isCommit: boolean
  resolve(answer: Result<IngestReceipt, TrackerError>): void
}

/** Whoever waits until batches are durable. */
export interface Waiters {
  /** Resolves with the first answer that concerns the batch of that sequence, or when nothing is heard any more. */
  wait(upTo: number, isCommit: boolean): Outcome<IngestReceipt>
  /** Answers those it concerns; all when left out. */
  settle(
    answer: Result<IngestReceipt, TrackerError>,
    concerns?: (waiter: Pick<Waiter, 'upTo' | 'isCommit'>) => boolean,
  ): void
  /** Something was acknowledged just now. */
  heard(): void
  readonly isAnyone: boolean
}

export function createWaiters(): Waiters {
  let waiters: Waiter[] = []
  let heardAt = 0
  /** One timer for all who wait, however often somebody flushes. */
  let isListening = false

  const settle: Waiters['settle'] = (answer, concerns = () => true) => {
    const concerned = waiters.filter(concerns)
    waiters = waiters.filter((waiter) => !concerns(waiter))
    for (const waiter of concerned) waiter.resolve(answer)
  }

  /** Tells whoever waits when nothing is heard any more. What is held may arrive all the same. */
  function listen(waitMs = SILENCE_MS): void {
    if (isListening) return
    isListening = true
    const timer = setTimeout(() => {
      isListening = false
      if (waiters.length === 0) return
      const left = heardAt + SILENCE_MS - Date.now()
      if (left > 0) return listen(left)
      settle(err(SILENCE), ({ isCommit }) => !isCommit)
      if (waiters.length > 0) listen()
    }, waitMs)
    // What is to be heard keeps Node alive, or never comes.
    letExit(timer)
  }

  return {
    wait(upTo, isCommit) {
      if (waiters.length === 0) {
        heardAt = Date.now()
        listen()
      }
      return new Promise((resolve) => {
        waiters.push({ upTo, isCommit, resolve })
      })
    },
    settle,
    heard() {
      heardAt = Date.now()
    },
    get isAnyone() {
      return waiters.length > 0
    },
  }
}

const SILENCE = trackerError(
  'interrupted',
  'The tracker has answered nothing for half a minute. What was logged waits in this page and is sent again: keep the page open, and call flush() once more.',
)
