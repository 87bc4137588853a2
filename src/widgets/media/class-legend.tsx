import { For, Show } from 'solid-js'
import { formatCount } from '../number-format.ts'
import './class-legend.css'

export interface LegendEntry {
  readonly name: string
  /** A token of a colour. */
  readonly color: string
  /** Said after the name, such as a score; empty for nothing. */
  readonly rest: string
}

interface ClassLegendProps {
  readonly label: string
  readonly entries: readonly LegendEntry[]
  readonly hidden: ReadonlySet<string>
  onToggle(name: string): void
}

/** More entries than this are colours nobody can tell apart. */
const MAX_ENTRIES = 24

/** What the colours of a picture mean; each can be taken away and put back. */
export function ClassLegend(props: ClassLegendProps) {
  return (
    <Show when={props.entries.length > 0}>
      <ul class="class-legend" aria-label={props.label}>
        <For each={props.entries.slice(0, MAX_ENTRIES)}>
          {(entry) => (
            <li>
              <button
                type="button"
                class="class-legend-entry"
                aria-pressed={!props.hidden.has(entry.name)}
                title={props.hidden.has(entry.name) ? `Show ${entry.name}` : `Hide ${entry.name}`}
                onClick={() => props.onToggle(entry.name)}
              >
                <span class="class-legend-mark" style={{ '--class': `var(--${entry.color})` }} />
                <bdi>{entry.name}</bdi>
                <Show when={entry.rest}>
                  <span class="class-legend-rest">{entry.rest}</span>
                </Show>
              </button>
            </li>
          )}
        </For>
        <Show when={props.entries.length > MAX_ENTRIES}>
          <li class="class-legend-more">and {formatCount(props.entries.length - MAX_ENTRIES)} more</li>
        </Show>
      </ul>
    </Show>
  )
}
