import { onLockFree } from '../model/web-lock.ts'
import { err, ok, type Result } from '../model/result.ts'
import type { Lane, LaneOutcome } from './lane.ts'
import { isLaneReport, type LaneOrder, type LaneReport } from './lane-messages.ts'
import { wordsOf } from './run-trial.ts'
import type { TrialListener } from './trial.ts'

/** A worker that has not said `ready` by then has no `runLane` in it: large frameworks load in a few seconds. */
const READY_DEADLINE_MS = 60_000

/** What a lane needs of a worker. */
export type LaneWorker = Pick<Worker, 'addEventListener' | 'postMessage' | 'terminate'>

/** A lane in a worker of its own, whose death is noticed. */
export function openWorkerLane(openWorker: () => LaneWorker): Lane {
  let worker: LaneWorker | null = null
  let death: string | null = null
  let listener: TrialListener | null = null
  let stopWaiting: () => void = ignore
  const ready = createAnswer<Result<null, string>>()
  const closed = createAnswer<void>()
  let outcome = createAnswer<LaneOutcome>()
  const deadline = setTimeout(() => {
    die(`it did not call runLane within ${READY_DEADLINE_MS / 1_000} seconds`)
  }, READY_DEADLINE_MS)

  function die(reason: string): void {
    if (death !== null) return
    death = reason
    clearTimeout(deadline)
    stopWaiting()
    worker?.terminate()
    ready.resolve(err(reason))
    outcome.resolve(crashed(reason))
    closed.resolve()
  }

  function hear(report: LaneReport): void {
    switch (report.kymoLane) {
      case 'ready':
        clearTimeout(deadline)
        stopWaiting = onLockFree(report.lock, () => die('its worker ended'))
        return ready.resolve(ok(null))
      case 'started':
        return listener?.onStarted(report.runId)
      case 'reported':
        return listener?.onReport(report.value, report.step)
      case 'ended':
        return outcome.resolve(report.outcome)
      case 'closed':
        return closed.resolve()
    }
  }

  function tell(order: LaneOrder): void {
    try {
      if (death === null) worker?.postMessage(order)
    } catch (thrown) {
      die(wordsOf(thrown))
    }
  }

  try {
    const opened = openWorker()
    opened.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (death === null && isLaneReport(data)) hear(data)
    })
    opened.addEventListener('error', ({ message }) => {
      die(message === undefined || message === '' ? 'its script did not load' : message)
    })
    worker = opened
  } catch (thrown) {
    die(wordsOf(thrown))
  }

  return {
    ready: ready.promise,
    run(order, heard) {
      listener = heard
      outcome = createAnswer()
      if (death === null) tell({ kymoLane: 'trial', order })
      else outcome.resolve(crashed(death))
      return outcome.promise
    },
    stop: (stop) => tell({ kymoLane: 'stop', stop }),
    async close() {
      tell({ kymoLane: 'close' })
      await closed.promise
      die('it was closed')
    },
    terminate: () => die('it was cut off'),
  }
}

function ignore(): void {}

function crashed(reason: string): LaneOutcome {
  return { status: 'crashed', value: Number.NaN, reason }
}

interface Answer<T> {
  readonly promise: Promise<T>
  resolve(value: T): void
}

function createAnswer<T>(): Answer<T> {
  let resolve: Answer<T>['resolve'] = ignore
  const promise = new Promise<T>((fulfil) => {
    resolve = fulfil
  })
  return { promise, resolve }
}
