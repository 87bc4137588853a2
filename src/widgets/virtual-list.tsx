import { createVirtualizer } from '@tanstack/solid-virtual'
import { createEffect, For, on, Show, type JSX } from 'solid-js'
import './virtual-list.css'

interface VirtualListProps<T> {
  readonly label: string
  readonly entries: readonly T[]
  /** Unit: CSS pixels. */
  readonly rowHeight: number
  /** Kept in view when it changes; −1 for none. */
  readonly current: number
  row(entry: () => T, index: () => number): JSX.Element
  /** The keyboard moved: the index of the row that has the focus now. Nothing else happens to it. */
  onMove?(index: number): void
}

const OVERSCAN = 8

function focusedIndex(event: KeyboardEvent): number | undefined {
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null
  return row === null ? undefined : Number(row.dataset['index'])
}

/** A list of which only the rows near the viewport exist, so that a thousand scroll like ten. */
export function VirtualList<T>(props: VirtualListProps<T>) {
  let scroller: HTMLDivElement | undefined
  const virtualizer = createVirtualizer({
    get count() {
      return props.entries.length
    },
    getScrollElement: () => scroller ?? null,
    estimateSize: () => props.rowHeight,
    overscan: OVERSCAN,
  })

  createEffect(
    on(
      () => props.current,
      (current) => {
        if (current >= 0) virtualizer.scrollToIndex(current, { align: 'auto' })
      },
      { defer: true },
    ),
  )

  function move(event: KeyboardEvent): void {
    const last = props.entries.length - 1
    const page = Math.max(1, Math.floor((scroller?.clientHeight ?? 0) / props.rowHeight) - 1)
    const from = focusedIndex(event) ?? props.current
    const target = new Map([
      ['ArrowDown', from + 1],
      ['ArrowUp', from < 0 ? last : from - 1],
      ['PageDown', from + page],
      ['PageUp', from - page],
      ['Home', 0],
      ['End', last],
    ]).get(event.key)
    if (target === undefined || last < 0 || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const index = Math.min(last, Math.max(0, target))
    props.onMove?.(index)
    virtualizer.scrollToIndex(index, { align: 'auto' })
    requestAnimationFrame(() => focusRow(index))
  }

  function focusRow(index: number): void {
    scroller?.querySelector<HTMLElement>(`[data-index="${index}"] [data-row-focus]`)?.focus()
  }

  return (
    <div class="virtual-list" ref={(element) => (scroller = element)} onKeyDown={move}>
      <ul
        class="virtual-list-rows"
        aria-label={props.label}
        style={{ '--height': `${virtualizer.getTotalSize()}px` }}
      >
        <For each={virtualizer.getVirtualItems()}>
          {(place) => (
            <Show when={place.index < props.entries.length}>
              <li
                class="virtual-list-row"
                data-index={place.index}
                aria-setsize={props.entries.length}
                aria-posinset={place.index + 1}
                style={{ '--top': `${place.start}px`, '--row-height': `${place.size}px` }}
              >
                {props.row(
                  () => props.entries[place.index] as T,
                  () => place.index,
                )}
              </li>
            </Show>
          )}
        </For>
      </ul>
    </div>
  )
}
