import { createContext, createMemo, createSignal, onCleanup, useContext, type Accessor } from 'solid-js'

/** Something the user can do here: an entry of the palette, and of the overlay of keys when it has one. */
export interface Command {
  /** What it does, beginning with a verb: “Show all runs in charts”. */
  readonly title: string
  /** What it is about: “Charts”. */
  readonly group: string
  /** As `parseChord` reads it: `mod+shift+z`, `?`. */
  readonly key?: string
  /** Whether the key counts while something is typed. */
  readonly whileTyping?: boolean
  run(): void
}

export interface CommandsState {
  /** What can be done now, what was offered last first: the nearer, the sooner. */
  readonly commands: Accessor<readonly Command[]>
  /** Offers commands for as long as the component that does is there. */
  offer(commands: Accessor<readonly Command[]>): void
  /** What is found by its name alone: it may be ten thousand runs, and is only made where somebody looks for one. */
  named(): readonly Command[]
  /** Offers such names; nothing is called before they are looked for. */
  offerNamed(named: () => readonly Command[]): void
}

export function createCommands(): CommandsState {
  const [sources, setSources] = createSignal<readonly Accessor<readonly Command[]>[]>([])
  const commands = createMemo(() =>
    sources()
      .toReversed()
      .flatMap((source) => source()),
  )

  function press(event: KeyboardEvent): void {
    if (event.defaultPrevented) return
    const isTyping = isTypedInto(event.target)
    // What is behind a dialog cannot be done.
    const isCovered = document.querySelector('dialog[open]') !== null
    const pressed = commands().find(
      ({ key, whileTyping }) =>
        key !== undefined &&
        isPressed(parseChord(key), event) &&
        (whileTyping === true || !(isTyping || isCovered)),
    )
    if (pressed === undefined) return
    event.preventDefault()
    pressed.run()
  }
  addEventListener('keydown', press)
  onCleanup(() => removeEventListener('keydown', press))

  const named = new Set<() => readonly Command[]>()

  return {
    commands,
    named: () => [...named].flatMap((source) => source()),
    offerNamed(source) {
      named.add(source)
      onCleanup(() => named.delete(source))
    },
    offer(offered) {
      // Owned by the component that offers them: it is gone before they are looked at again.
      const own = createMemo(offered)
      setSources((known) => [...known, own])
      onCleanup(() => setSources((known) => known.filter((source) => source !== own)))
    },
  }
}

export interface Chord {
  readonly key: string
  /** Ctrl, or ⌘ on a Mac. */
  readonly mod: boolean
  readonly shift: boolean
  readonly alt: boolean
}

/** `mod+shift+z` → its parts. */
export function parseChord(text: string): Chord {
  const parts = text.split('+')
  const has = (name: string): boolean => parts.slice(0, -1).includes(name)
  return { key: parts.at(-1) ?? '', mod: has('mod'), shift: has('shift'), alt: has('alt') }
}

export function isPressed(chord: Chord, event: KeyboardEvent): boolean {
  const isLetter = /^[a-z]$/i.test(event.key)
  return (
    event.key.toLowerCase() === chord.key.toLowerCase() &&
    (event.ctrlKey || event.metaKey) === chord.mod &&
    event.altKey === chord.alt &&
    // Where a sign needs Shift depends on the keyboard.
    (event.shiftKey === chord.shift || (!isLetter && event.key.length === 1))
  )
}

function isTypedInto(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not([type=radio], [type=checkbox], [type=range]), textarea, select'))
  )
}

export const CommandsContext = createContext<CommandsState>()

export function useCommands(): CommandsState {
  const commands = useContext(CommandsContext)
  if (commands === undefined) throw new Error('useCommands outside of <CommandsContext.Provider>')
  return commands
}
