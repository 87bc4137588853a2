import { For } from 'solid-js'

/** Every metric, as options of a select. */
export function MetricOptions(props: { readonly keys: readonly string[]; readonly chosen: string | null }) {
  return (
    <For each={props.keys}>
      {(key) => (
        <option value={key} selected={key === props.chosen}>
          {key}
        </option>
      )}
    </For>
  )
}
