import { err } from '../../src/model/result.ts'
import type { LogBatch } from '../../src/model/log-batch.ts'
import {
  callByName,
  isLongJob,
  makeApi,
  type Answers,
  type Arguments,
  type CallName,
} from '../../src/protocol/calls.ts'
import type { Outcome } from '../../src/protocol/outcome.ts'
import type { IngestReceipt } from '../../src/protocol/store-api.ts'
import type { TrackerApi } from '../../src/protocol/tracker-api.ts'
import { trackerError, type TrackerError } from '../../src/protocol/tracker-error.ts'
import { makeDeferred } from './deferred.ts'

const LOST = Symbol('the owner is gone')

interface Route {
  readonly api: TrackerApi
  /** What to call when it is left, one for each call under way: a dead owner never answers. */
  readonly pending: Set<() => void>
}

export interface Router {
  /** Answers every call through the present route; calls wait while there is none and move when it changes. */
  readonly api: TrackerApi
  /** Sends calls to `api` from now on. What the old route has not answered is asked again, in order. */
  routeTo(api: TrackerApi): void
  /** There is no owner for now: what the old one has not answered waits for the next. */
  leave(): void
  /**
   * Answers batches with the error, those under way too, until called with null. Whoever logs still has them, so none
   * is lost; they pile up nowhere, and the training hears why.
   */
  refuseBatches(error: TrackerError | null): void
  /** How many calls are unanswered. */
  readonly waiting: number
}

function ignore(): void {}

/** Makes a TrackerApi that outlives the owner it talks to. `onCall` hears of every call before it is passed on. */
export function makeRouter(onCall: () => void = ignore): Router {
  let route = makeDeferred<Route>()
  let current: Route | undefined
  let waiting = 0
  let refusal: TrackerError | null = null
  const refusable = new Set<(error: TrackerError) => void>()

  async function passOn<Name extends CallName>(
    name: Name,
    argument: Arguments[Name],
  ): Outcome<Answers[Name]> {
    for (;;) {
      const taken = await route.promise
      // The route may have changed in the turn it was awaited in; the old one is closed by now.
      if (taken !== current) continue
      const answer = await unlessLost(taken, callByName(taken.api, name, argument))
      if (answer !== LOST) return answer
      if (isLongJob(name)) {
        return err(
          trackerError(
            'interrupted',
            'The tab that was doing this work was closed. Nothing was changed; try again.',
          ),
        )
      }
    }
  }

  /** Moves on to another route, or to waiting for one. */
  function replaceRoute(next: Route | undefined): void {
    const lost = current
    current = next
    if (lost !== undefined) route = makeDeferred<Route>()
    if (next !== undefined) route.resolve(next)
    for (const lose of lost?.pending ?? []) lose()
  }

  const api = makeApi((name, argument) => {
    onCall()
    waiting += 1
    return passOn(name, argument).finally(() => {
      waiting -= 1
    })
  })

  function ingest(batch: LogBatch): Outcome<IngestReceipt> {
    if (refusal !== null) return Promise.resolve(err(refusal))
    return new Promise((resolve, reject) => {
      const refuse = (error: TrackerError): void => resolve(err(error))
      refusable.add(refuse)
      void api
        .ingest(batch)
        .then(resolve, reject)
        .finally(() => refusable.delete(refuse))
    })
  }

  return {
    api: { ...api, ingest },
    routeTo: (owner) => replaceRoute({ api: owner, pending: new Set() }),
    leave: () => replaceRoute(undefined),
    refuseBatches(error) {
      refusal = error
      if (error !== null) for (const refuse of refusable) refuse(error)
    },
    get waiting() {
      return waiting
    },
  }
}

/** The answer, or LOST when the route is left before there is one. */
function unlessLost<T>({ pending }: Route, answer: Promise<T>): Promise<T | typeof LOST> {
  return new Promise((resolve, reject) => {
    const lose = (): void => resolve(LOST)
    pending.add(lose)
    void answer.then(resolve, reject).finally(() => pending.delete(lose))
  })
}
