import { createUniqueId, For, Show } from 'solid-js'
import './segmented.css'

interface SegmentedProps<T extends string> {
  readonly label: string
  /** Off when the label says nothing the choices do not say. */
  readonly showLabel?: boolean
  readonly options: readonly {
    readonly value: T
    readonly text: string
    /** Said after the text where there is room. */
    readonly rest?: string
  }[]
  readonly value: T
  /** Fits a line of small text. */
  readonly isSmall?: boolean
  onChange(value: T): void
}

/** A choice of one among a few, all visible. */
export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const name = createUniqueId()
  return (
    <fieldset class="segmented" classList={{ 'is-small': props.isSmall === true }}>
      <legend class={props.showLabel === false ? 'visually-hidden' : 'segmented-label'}>{props.label}</legend>
      <For each={props.options}>
        {(option) => (
          <label class="segmented-option">
            <input
              class="visually-hidden"
              type="radio"
              name={name}
              value={option.value}
              checked={props.value === option.value}
              onChange={() => props.onChange(option.value)}
            />
            {option.text}
            <Show when={option.rest}>
              <span class="segmented-rest">{option.rest}</span>
            </Show>
          </label>
        )}
      </For>
    </fieldset>
  )
}
