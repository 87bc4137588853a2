import { err } from '../../src/model/result.ts'
import type { TrackerApi } from '../../src/protocol/tracker-api.ts'
import { trackerError } from '../../src/protocol/tracker-error.ts'
import { makeDeferred } from './deferred.ts'

/**
 * Calls that may be sent again to a new owner: reads change nothing, `ingest` recognises what it has committed. The
 * others are long jobs whose half-done work died with the old owner.
 */
const REPEATABLE = {
  hello: true,
  ingest: true,
  readExperiments: true,
  readRuns: true,
  readSeries: true,
  readRun: true,
  readWindows: true,
  readStorage: true,
  closeFile: true,
  cancel: true,
  exportFile: false,
  openFile: false,
  keepFile: false,
} as const satisfies Record<keyof TrackerApi, boolean>

const LOST = Symbol('the owner is gone')

interface Route {
  readonly api: TrackerApi
  /** What to call when the owner is gone, one for each call under way, in order. */
  readonly waiting: Set<() => void>
}

export interface Router {
  /** Answers every call through the present route; calls wait while there is none and move when it changes. */
  readonly api: TrackerApi
  /** Sends calls to `api` from now on. What the old route has not answered is asked again, in order. */
  routeTo(api: TrackerApi): void
}

/**
 * What a call answers, or LOST once its route is. Not a race against one promise of the route: that would keep every
 * answer for as long as the owner lives.
 */
function answerOrLost(route: Route, call: () => Promise<unknown>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const lose = (): void => resolve(LOST)
    const answered = call().then(resolve, reject)
    route.waiting.add(lose)
    void answered.finally(() => route.waiting.delete(lose))
  })
}

/** Makes a TrackerApi that outlives the owner it talks to. */
export function makeRouter(): Router {
  let route = makeDeferred<Route>()
  let current: Route | undefined

  function routed<K extends keyof TrackerApi>(name: K): TrackerApi[K] {
    const call = async (...args: Parameters<TrackerApi[K]>): Promise<unknown> => {
      for (;;) {
        const taken = await route.promise
        // The route may have changed in the turn it was awaited in; the old one is closed by now.
        if (taken !== current) continue
        const method = taken.api[name] as (...args: Parameters<TrackerApi[K]>) => Promise<unknown>
        const answer = await answerOrLost(taken, () => method(...args))
        if (answer !== LOST) return answer
        if (!REPEATABLE[name]) {
          return err(
            trackerError(
              'interrupted',
              'The tab that was doing this work was closed. Nothing was changed; try again.',
            ),
          )
        }
      }
    }
    return call as TrackerApi[K]
  }

  const names = Object.keys(REPEATABLE) as (keyof TrackerApi)[]
  return {
    api: Object.fromEntries(names.map((name) => [name, routed(name)])) as unknown as TrackerApi,
    routeTo(api) {
      const next: Route = { api, waiting: new Set() }
      const lost = current
      current = next
      if (lost === undefined) {
        route.resolve(next)
        return
      }
      route = makeDeferred<Route>()
      route.resolve(next)
      for (const lose of lost.waiting) lose()
      lost.waiting.clear()
    },
  }
}
