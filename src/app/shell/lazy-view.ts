import { lazy, type JSX } from 'solid-js'
import { busyWhile } from '../tracker/idle.ts'

/** A component whose code is loaded when it is first shown; the page counts as busy until then. */
export function lazyView<P extends object>(
  load: () => Promise<(props: P) => JSX.Element>,
): (props: P) => JSX.Element {
  return lazy(async () => ({ default: await busyWhile(load()) }))
}
