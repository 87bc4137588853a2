import FilterIcon from 'lucide-solid/icons/list-filter'
import X from 'lucide-solid/icons/x'
import { createEffect, createSignal, createUniqueId, For, on, onCleanup, Show } from 'solid-js'
import { completeFilter, type Completion } from '../../filter/complete.ts'
import type { RunKey } from '../../protocol/run-query.ts'
import { useTracker } from '../tracker/tracker.ts'
import { IconButton } from '../../widgets/icon-button.tsx'
import { useExperiment } from './experiment-context.ts'
import './filter-bar.css'

/** A filter that is being typed is asked after a pause this long. Unit: milliseconds. */
const TYPING_MS = 180
const NOTHING: Completion = { from: 0, to: 0, options: [] }

/** The filter of the runs, with completion from what they have and a word on what is wrong where. */
export function FilterBar() {
  const tracker = useTracker()
  const { database, experimentId, runs, workspace } = useExperiment()
  const filter = workspace.pick('filter')
  const [text, setText] = createSignal(filter())
  const [known, setKnown] = createSignal<readonly RunKey[]>([])
  const [completion, setCompletion] = createSignal(NOTHING)
  const [chosen, setChosen] = createSignal(-1)
  const [scrolled, setScrolled] = createSignal(0)
  const listId = createUniqueId()
  const problemId = createUniqueId()
  let input: HTMLInputElement | undefined
  let typing: number | undefined

  createEffect(
    on(filter, (now) => now !== text() && document.activeElement !== input && setText(now), { defer: true }),
  )
  onCleanup(() => clearTimeout(typing))

  /** Not while something is offered: a word that is half written is not wrong yet. */
  const problem = () => (text() === filter() && completion().options.length === 0 ? runs.problem() : null)

  function apply(): void {
    clearTimeout(typing)
    workspace.change('Filter runs', { filter: text() }, 'filter')
  }

  function edit(next: string): void {
    setText(next)
    clearTimeout(typing)
    typing = window.setTimeout(apply, TYPING_MS)
  }

  function offer(): void {
    if (input === undefined) return
    setCompletion(completeFilter(input.value, input.selectionStart ?? input.value.length, known()))
    setChosen(-1)
  }

  async function learn(): Promise<void> {
    const keys = await tracker.api.readKeys({ database, experimentId })
    if (keys.ok) setKnown(keys.value)
    if (document.activeElement === input) offer()
  }

  /** Puts a text in place of part of the filter, with the caret behind it. */
  function replace(from: number, to: number, by: string): void {
    if (input === undefined) return
    const after = text().slice(to)
    const next = `${text().slice(0, from)}${by}${after}`
    input.value = next
    input.focus()
    input.setSelectionRange(from + by.length, from + by.length)
    edit(next)
    offer()
  }

  function accept(index: number): void {
    const { from, to, options } = completion()
    const option = options[index]
    if (option === undefined) return
    replace(from, to, text().slice(to).startsWith(' ') ? option.text : `${option.text} `)
  }

  function keys(event: KeyboardEvent): void {
    const count = completion().options.length
    if (event.key === 'Escape' && count > 0) {
      event.stopPropagation()
      setCompletion(NOTHING)
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && count > 0) {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      setChosen((index) => (index < 0 && step < 0 ? count - 1 : (index + step + count) % count))
    } else if (event.key === 'Tab' && !event.shiftKey && count > 0 && chosen() >= 0) {
      event.preventDefault()
      accept(chosen())
    } else if (event.key === 'Enter') {
      if (chosen() >= 0) accept(chosen())
      else {
        setCompletion(NOTHING)
        apply()
      }
    }
  }

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
            aria-expanded={completion().options.length > 0}
            aria-activedescendant={chosen() >= 0 ? `${listId}-${chosen()}` : undefined}
            aria-invalid={problem() !== null}
            aria-describedby={problem() === null ? undefined : problemId}
            placeholder="Filter: lr < 0.01 and val_acc > 0.9"
            spellcheck={false}
            autocomplete="off"
            autocapitalize="off"
            value={text()}
            onFocus={() => void learn()}
            onBlur={() => setCompletion(NOTHING)}
            onInput={(event) => {
              edit(event.currentTarget.value)
              offer()
            }}
            onClick={offer}
            onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
            onKeyDown={keys}
          />
        </div>
        <Show when={text() !== ''}>
          <IconButton
            label="Clear filter"
            onClick={() => {
              setText('')
              apply()
            }}
          >
            <X size={14} />
          </IconButton>
        </Show>
      </div>
      <ul
        id={listId}
        class="filter-bar-options"
        role="listbox"
        aria-label="What could be written"
        hidden={completion().options.length === 0}
      >
        <For each={completion().options}>
          {(option, index) => (
            <li
              id={`${listId}-${index()}`}
              class="filter-bar-option"
              role="option"
              aria-selected={index() === chosen()}
              ref={(element) =>
                createEffect(() => {
                  if (index() === chosen()) element.scrollIntoView({ block: 'nearest' })
                })
              }
              onMouseDown={(event) => {
                // The field keeps the focus.
                event.preventDefault()
                accept(index())
              }}
            >
              <span class="filter-bar-option-text">{option.text}</span>
              <span class="filter-bar-option-detail">{option.detail}</span>
            </li>
          )}
        </For>
      </ul>
      <Show when={problem()}>
        {(wrong) => (
          <p id={problemId} class="filter-bar-problem" role="status">
            {wrong().message}
            <Show when={wrong().fix}>
              {(fix) => (
                <button
                  type="button"
                  class="filter-bar-fix"
                  onClick={() => replace(wrong().from, wrong().to, fix())}
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
