import { createVirtualizer } from '@tanstack/solid-virtual'
import { createMemo, For, Match, Show, Switch } from 'solid-js'
import type { ArtifactEntry, NameEntry, VersionEntry } from './artifact-entries.ts'
import { NameRow } from './name-row.tsx'
import { VersionRow } from './version-row.tsx'
import './artifact-list.css'

interface ArtifactListProps {
  readonly label: string
  readonly entries: readonly ArtifactEntry[]
  /** Whether versions can be picked, and their names given a policy. */
  readonly isWhole: boolean
}

/** Before a row is measured. Unit: CSS pixels. */
const ROW_HEIGHT = 36
const OVERSCAN = 10

/** Artifacts by name with their versions; only the rows near the viewport exist. */
export function ArtifactList(props: ArtifactListProps) {
  let scroller: HTMLDivElement | undefined
  const virtualizer = createVirtualizer({
    get count() {
      return props.entries.length
    },
    getScrollElement: () => scroller ?? null,
    getItemKey: (index) => props.entries[index]?.key ?? index,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
  })
  const byKey = createMemo(() => new Map(props.entries.map((entry, index) => [entry.key, { entry, index }])))
  const starts = createMemo(
    () => new Map(virtualizer.getVirtualItems().map(({ key, start }) => [String(key), start])),
  )
  // Rows go by their keys: one that grows must not be made anew under the fingers of who opened it.
  const keys = createMemo(() => [...starts().keys()].filter((key) => byKey().has(key)))

  function move(event: KeyboardEvent): void {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null
    const isOnRow = event.target instanceof Element && event.target.matches('[data-row-focus]')
    if (row === null || !isOnRow || event.altKey || event.ctrlKey || event.metaKey) return
    const from = Number(row.dataset['index'])
    const target = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: props.entries.length - 1 }[
      event.key
    ]
    if (target === undefined) return
    event.preventDefault()
    const step = event.key === 'ArrowUp' || event.key === 'End' ? -1 : 1
    focus(target, step)
  }

  /** The row there, or the next one that can be gone to: names have nothing to press. */
  function focus(wanted: number, step: number): void {
    let index = wanted
    while (props.entries[index]?.kind === 'name') index += step
    if (props.entries[index] === undefined) return
    virtualizer.scrollToIndex(index, { align: 'auto' })
    requestAnimationFrame(() =>
      scroller?.querySelector<HTMLElement>(`[data-index="${index}"] [data-row-focus]`)?.focus(),
    )
  }

  return (
    <div class="artifact-list" ref={(element) => (scroller = element)} onKeyDown={move}>
      <ul
        class="artifact-list-rows"
        aria-label={props.label}
        style={{ '--height': `${virtualizer.getTotalSize()}px` }}
      >
        <For each={keys()}>
          {(key) => {
            const place = createMemo(() => byKey().get(key))
            const name = (): NameEntry | undefined => {
              const entry = place()?.entry
              return entry?.kind === 'name' ? entry : undefined
            }
            const version = (): VersionEntry | undefined => {
              const entry = place()?.entry
              return entry?.kind === 'version' ? entry : undefined
            }
            return (
              <Show when={place() !== undefined}>
                <li
                  class="artifact-list-place"
                  data-index={place()?.index}
                  aria-setsize={props.entries.length}
                  aria-posinset={(place()?.index ?? 0) + 1}
                  style={{ '--top': `${starts().get(key) ?? 0}px` }}
                  ref={(element) => queueMicrotask(() => virtualizer.measureElement(element))}
                >
                  <Switch>
                    <Match when={name()}>
                      {(entry) => <NameRow entry={entry()} isWhole={props.isWhole} />}
                    </Match>
                    <Match when={version()}>
                      {(entry) => <VersionRow artifact={entry().artifact} isWhole={props.isWhole} />}
                    </Match>
                  </Switch>
                </li>
              </Show>
            )
          }}
        </For>
      </ul>
    </div>
  )
}
