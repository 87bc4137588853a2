import { createMemo, createSignal, For, Show } from 'solid-js'
import { Button } from '../../widgets/button.tsx'
import { formatPlural } from '../../widgets/number-format.ts'
import { likelyPairs } from './likely-pairs.ts'
import './metric-choice.css'

interface MetricChoiceProps {
  readonly keys: readonly string[]
  /** In the order they were chosen. */
  readonly chosen: readonly string[]
  readonly most: number
  onChange(chosen: readonly string[]): void
}

/** Enough to see whether it is there; the search finds the rest. */
const MAX_LISTED = 200

/** A choice of several metrics; what is likely meant together is offered in one. */
export function MetricChoice(props: MetricChoiceProps) {
  const [search, setSearch] = createSignal('')
  const found = createMemo(() => {
    const part = search().trim().toLowerCase()
    return props.keys.filter((key) => key.toLowerCase().includes(part))
  })
  const pairs = createMemo(() => likelyPairs(props.keys))
  const isFull = (): boolean => props.chosen.length >= props.most

  function toggle(key: string, isChosen: boolean): void {
    props.onChange(isChosen ? [...props.chosen, key] : props.chosen.filter((each) => each !== key))
  }

  return (
    <fieldset class="metric-choice">
      <legend class="visually-hidden">Metrics</legend>
      <Show when={pairs().length > 0}>
        <div class="metric-choice-pairs">
          <For each={pairs()}>
            {(pair) => (
              <Button look="quiet" onClick={() => props.onChange(pair)}>
                {pair.join(' and ')}
              </Button>
            )}
          </For>
        </div>
      </Show>
      <input
        type="search"
        class="metric-choice-search"
        aria-label="Search metrics"
        placeholder="Search metrics"
        value={search()}
        onInput={(event) => setSearch(event.currentTarget.value)}
      />
      <div class="metric-choice-list" tabindex={-1}>
        <For each={found().slice(0, MAX_LISTED)}>
          {(key) => {
            const isChosen = (): boolean => props.chosen.includes(key)
            return (
              <label class="metric-choice-row">
                <input
                  type="checkbox"
                  checked={isChosen()}
                  disabled={!isChosen() && isFull()}
                  onChange={(event) => toggle(key, event.currentTarget.checked)}
                />
                <bdi>{key}</bdi>
              </label>
            )
          }}
        </For>
        <Show when={found().length === 0}>
          <p class="metric-choice-none">No metric has a name like that.</p>
        </Show>
      </div>
      <p class="metric-choice-none">
        {formatPlural(props.chosen.length, 'metric')} chosen
        {isFull() ? `, which is as many as one chart shows` : ''}
        {found().length > MAX_LISTED ? `; the search finds the other ${found().length - MAX_LISTED}` : ''}
      </p>
    </fieldset>
  )
}
