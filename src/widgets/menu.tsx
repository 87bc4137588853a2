import Check from 'lucide-solid/icons/check'
import { For, onMount, Show } from 'solid-js'
import './menu.css'

/** One line of a menu; `null` draws a hairline between two of them. */
export type MenuEntry = {
  readonly text: string
  /** The key that does the same, as it is written on keyboards. */
  readonly hint?: string
  /** One of a choice: whether it is the one. */
  readonly checked?: boolean
  readonly disabled?: boolean
  run(): void
} | null

interface MenuProps {
  readonly label: string
  readonly entries: readonly MenuEntry[]
  /** What it hangs from. */
  readonly anchor: HTMLElement
  onClose(): void
}

/** Between the menu and the edge of the window. Unit: CSS pixels. */
const MARGIN = 8

/** What can be done with one thing, over all that is around it. The browser closes it on Esc and on a click elsewhere. */
export function Menu(props: MenuProps) {
  let menu: HTMLDivElement | undefined

  onMount(() => {
    if (menu === undefined) return
    menu.showPopover()
    const { left, bottom, top } = props.anchor.getBoundingClientRect()
    const { offsetWidth, offsetHeight } = menu
    const isBelow = bottom + offsetHeight + MARGIN <= innerHeight
    menu.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - offsetWidth - MARGIN))}px`
    menu.style.top = `${Math.max(MARGIN, isBelow ? bottom : top - offsetHeight)}px`
    entryAt(0)?.focus()
  })

  function all(): readonly HTMLElement[] {
    return [...(menu?.querySelectorAll<HTMLElement>('[role^="menuitem"]:not(:disabled)') ?? [])]
  }

  function entryAt(index: number): HTMLElement | undefined {
    return all().at(index)
  }

  function keys(event: KeyboardEvent): void {
    // Keys of the menu are none of what it hangs from.
    event.stopPropagation()
    const focused = all().findIndex((entry) => entry === document.activeElement)
    const count = all().length
    const target = new Map([
      ['ArrowDown', (focused + 1) % count],
      ['ArrowUp', (focused - 1 + count) % count],
      ['Home', 0],
      ['End', -1],
    ]).get(event.key)
    if (target !== undefined) entryAt(target)?.focus()
    else if (event.key === 'Tab') menu?.hidePopover()
    else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey)
      startingWith(event.key, focused)?.focus()
    else return
    event.preventDefault()
  }

  function startingWith(letter: string, focused: number): HTMLElement | undefined {
    const fits = (entry: HTMLElement): boolean =>
      (entry.textContent ?? '').trim().toLowerCase().startsWith(letter.toLowerCase())
    return [...all().slice(focused + 1), ...all().slice(0, focused + 1)].find(fits)
  }

  return (
    <div
      class="menu"
      role="menu"
      aria-label={props.label}
      title=""
      popover="auto"
      ref={(element) => (menu = element)}
      onKeyDown={keys}
      on:toggle={(event: Event) => {
        if ((event as ToggleEvent).newState === 'closed') props.onClose()
      }}
    >
      <For each={props.entries}>
        {(entry) => (
          <Show when={entry} fallback={<div class="menu-line" role="separator" />}>
            {(shown) => (
              <button
                type="button"
                class="menu-entry"
                role={shown().checked === undefined ? 'menuitem' : 'menuitemradio'}
                aria-checked={shown().checked}
                disabled={shown().disabled ?? false}
                tabindex={-1}
                onClick={() => {
                  const { run } = shown()
                  menu?.hidePopover()
                  // After the focus is back where it was: what is done may move it.
                  queueMicrotask(run)
                }}
              >
                <span class="menu-mark" aria-hidden="true">
                  <Show when={shown().checked}>
                    <Check size={14} />
                  </Show>
                </span>
                <span class="menu-text">{shown().text}</span>
                <Show when={shown().hint}>{(hint) => <span class="menu-hint">{hint()}</span>}</Show>
              </button>
            )}
          </Show>
        )}
      </For>
    </div>
  )
}
