import FilterIcon from 'lucide-solid/icons/list-filter'
import X from 'lucide-solid/icons/x'
import { createEffect, createSignal, createUniqueId, For, Show } from 'solid-js'
import { useTracker } from '../tracker/tracker.ts'
import { IconButton } from '../../widgets/icon-button.tsx'
import { createFilterCompletion, type FilterCompletion } from './create-filter-completion.ts'
import { createFilterText } from './create-filter-text.ts'
import { useExperiment } from './experiment-context.ts'
import './filter-bar.css'

/** The filter of the runs, with completion from what they have and a word on what is wrong where. */
export function FilterBar() {
  const tracker = useTracker()
  const { database, experimentId, runs, workspace } = useExperiment()
  let input: HTMLInputElement | undefined
  const written = createFilterText(workspace, () => document.activeElement === input)
  const { text } = written
  const completion = createFilterCompletion(
    written,
    () => input,
    async () => {
      const keys = await tracker.api.readKeys({ database, experimentId })
      return keys.ok ? keys.value : null
    },
  )
  const [scrolled, setScrolled] = createSignal(0)
  const listId = createUniqueId()
  const problemId = createUniqueId()
  const isOffering = (): boolean => completion.options().length > 0
  /** Not while something is offered: a word that is half written is not wrong yet. */
  const problem = () => (written.isAsked() && !isOffering() ? runs.problem() : null)

  return (
    <div class="filter-bar">
      <div class="filter-bar-field" classList={{ 'is-wrong': problem() !== null }}>
        <FilterIcon class="filter-bar-icon" size={14} aria-hidden="true" />
        <div class="filter-bar-text">
          <Show when={problem()}>
            {(wrong) => (
              <div class="filter-bar-marks" aria-hidden="true" style={{ left: `${-scrolled()}px` }}>
                {text().slice(0, wrong().from)}
                <mark>{text().slice(wrong().from, wrong().to) || ' '}</mark>
              </div>
            )}
          </Show>
          <input
            ref={(element) => (input = element)}
            class="filter-bar-input"
            role="combobox"
            aria-label="Filter runs"
            aria-autocomplete="list"
            aria-controls={listId}
            aria-expanded={isOffering()}
            aria-activedescendant={completion.chosen() >= 0 ? `${listId}-${completion.chosen()}` : undefined}
            aria-invalid={problem() !== null}
            aria-describedby={problem() === null ? undefined : problemId}
            placeholder="Filter: lr < 0.01 and val_acc > 0.9"
            spellcheck={false}
            autocomplete="off"
            autocapitalize="off"
            value={text()}
            onFocus={() => void completion.learn()}
            onBlur={completion.close}
            onInput={(event) => {
              written.edit(event.currentTarget.value)
              completion.offer()
            }}
            onClick={completion.offer}
            onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
            onKeyDown={completion.press}
          />
        </div>
        <Show when={text() !== ''}>
          <IconButton label="Clear filter" onClick={written.clear}>
            <X size={14} />
          </IconButton>
        </Show>
      </div>
      <FilterOptions id={listId} completion={completion} />
      <Show when={problem() === null && completion.textNumbers().length > 0}>
        <p class="filter-bar-hint">
          {completion.textNumbers().join(', ')}: some runs have texts there. Those that are numbers are
          compared as numbers.
        </p>
      </Show>
      <Show when={problem()}>
        {(wrong) => (
          <p id={problemId} class="filter-bar-problem" role="status">
            {wrong().message}
            <Show when={wrong().fix}>
              {(fix) => (
                <button
                  type="button"
                  class="filter-bar-fix"
                  onClick={() => completion.replace(wrong().from, wrong().to, fix())}
                >
                  Write {fix()}
                </button>
              )}
            </Show>
          </p>
        )}
      </Show>
    </div>
  )
}

/** What could be written, to be chosen by keys or by the pointer. */
function FilterOptions(props: { readonly id: string; readonly completion: FilterCompletion }) {
  return (
    <ul
      id={props.id}
      class="filter-bar-options"
      role="listbox"
      aria-label="What could be written"
      hidden={props.completion.options().length === 0}
    >
      <For each={props.completion.options()}>
        {(option, index) => (
          <li
            id={`${props.id}-${index()}`}
            class="filter-bar-option"
            role="option"
            aria-selected={index() === props.completion.chosen()}
            ref={(element) =>
              createEffect(() => {
                if (index() === props.completion.chosen()) element.scrollIntoView({ block: 'nearest' })
              })
            }
            onMouseDown={(event) => {
              // The field keeps the focus.
              event.preventDefault()
              props.completion.accept(index())
            }}
          >
            <span class="filter-bar-option-text">{option.text}</span>
            <span class="filter-bar-option-detail">{option.detail}</span>
            <Show when={index() === props.completion.taken()}>
              <kbd class="filter-bar-option-key">Enter</kbd>
            </Show>
          </li>
        )}
      </For>
    </ul>
  )
}
