import { createSignal, type Accessor, type JSX } from 'solid-js'

/** A widget in one of its states. */
export interface Demo {
  /** What it is told, in a few words. */
  readonly state: string
  /** A line of controls, a box for a drawing, or the whole width; as it comes when left out. */
  readonly room?: 'drawing' | 'wide'
  show(): JSX.Element
}

/** The states of widgets, by the file of each under `src/widgets`. */
export type Demos = Readonly<Record<string, readonly Demo[]>>

/** A widget that is told what it tells. */
export function held<T>(
  initial: T,
  show: (value: Accessor<T>, set: (next: T) => void) => JSX.Element,
): () => JSX.Element {
  return () => {
    const [value, setValue] = createSignal(initial)
    return show(value, (next) => void setValue(() => next))
  }
}

/** What can be taken away of a drawing by its legend. */
export function hiding(
  show: (hidden: Accessor<ReadonlySet<string>>, toggle: (name: string) => void) => JSX.Element,
) {
  return () => {
    const [hidden, setHidden] = createSignal<ReadonlySet<string>>(new Set())
    const toggle = (name: string): void =>
      void setHidden(
        (all) => new Set(all.has(name) ? [...all].filter((each) => each !== name) : [...all, name]),
      )
    return show(hidden, toggle)
  }
}

/** What a widget says that nobody here listens to. */
export const ignore = (): void => undefined

export const LONG_NAME = 'a-name-that-goes-on-for-longer-than-any-list-has-room-for-with-no-place-to-break-it'
export const LONG_TEXT = `${LONG_NAME}, and then some words that may be broken wherever there is a space between them`

export const MANY_NAMES: readonly string[] = Array.from({ length: 40 }, (_, index) => `class ${index}`)
