import { createSignal, onCleanup, type Accessor } from 'solid-js'
import { parseRoute, routeToHash, type Route } from './hash-route.ts'

export interface RouteState {
  readonly route: Accessor<Route>
  /** Goes there; `replace` leaves no entry in the history. */
  go(route: Route, replace?: boolean): void
}

/** The route lives in the URL hash, so that a reload or a link comes back to the same screen. */
export function createRoute(): RouteState {
  const [route, setRoute] = createSignal(parseRoute(location.hash), {
    equals: (a, b) => routeToHash(a) === routeToHash(b),
  })
  const readHash = (): void => {
    setRoute(parseRoute(location.hash))
  }
  addEventListener('hashchange', readHash)
  addEventListener('popstate', readHash)
  onCleanup(() => {
    removeEventListener('hashchange', readHash)
    removeEventListener('popstate', readHash)
  })

  return {
    route,
    go(next, replace = false) {
      const hash = routeToHash(next)
      if (hash !== location.hash) {
        if (replace) history.replaceState(null, '', hash)
        else history.pushState(null, '', hash)
      }
      setRoute(next)
    },
  }
}
