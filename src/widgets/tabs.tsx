import { For } from 'solid-js'
import './tabs.css'

interface TabsProps<T extends string> {
  readonly label: string
  readonly options: readonly { readonly value: T; readonly text: string }[]
  readonly value: T
  /** The id of the element that shows what is chosen. */
  readonly panelId: string
  onChange(value: T): void
}

/** A row of tabs: one is chosen, the arrow keys choose its neighbours. */
export function Tabs<T extends string>(props: TabsProps<T>) {
  let list: HTMLDivElement | undefined

  function move(event: KeyboardEvent): void {
    const last = props.options.length - 1
    const at = props.options.findIndex((option) => option.value === props.value)
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key]
    const option =
      next === undefined ? undefined : props.options[(next + props.options.length) % props.options.length]
    if (option === undefined) return
    event.preventDefault()
    props.onChange(option.value)
    list?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus()
  }

  return (
    <div
      class="tabs"
      role="tablist"
      aria-label={props.label}
      ref={(element) => (list = element)}
      onKeyDown={move}
    >
      <For each={props.options}>
        {(option) => (
          <button
            type="button"
            class="tabs-tab"
            role="tab"
            id={tabId(props.panelId, option.value)}
            aria-selected={option.value === props.value}
            aria-controls={props.panelId}
            tabindex={option.value === props.value ? 0 : -1}
            onClick={() => props.onChange(option.value)}
          >
            {option.text}
          </button>
        )}
      </For>
    </div>
  )
}

/** The id of a tab, which names its panel. */
export function tabId(panelId: string, value: string): string {
  return `${panelId}-tab-${value}`
}
