import { createMemo, createSignal, type Accessor } from 'solid-js'
import { completeFilter, type Completion, type CompletionOption } from '../../filter/complete.ts'
import { namesOfTextNumbers } from '../../filter/text-numbers.ts'
import type { RunKey } from '../../protocol/run-query.ts'
import type { FilterText } from './create-filter-text.ts'

const NOTHING: Completion = { from: 0, to: 0, options: [], isUnfinished: false }

/** What could be written where the caret is. */
export interface FilterCompletion {
  readonly options: Accessor<readonly CompletionOption[]>
  /** Which of them is chosen; -1 for none. */
  readonly chosen: Accessor<number>
  /** Which of them Enter takes: the one that is chosen, else the first where a word is half written; -1 for none. */
  taken(): number
  /** Names that the filter compares with numbers and some runs have as text. */
  readonly textNumbers: Accessor<readonly string[]>
  offer(): void
  /** Reads what the runs have, and offers it. */
  learn(): Promise<void>
  close(): void
  accept(index: number): void
  /** Puts a text in place of part of the filter, with the caret behind it. */
  replace(from: number, to: number, by: string): void
  press(event: KeyboardEvent): void
}

/** `field`: undefined until it is drawn. `readKeys`: null where they cannot be read. */
export function createFilterCompletion(
  { text, edit, apply }: FilterText,
  field: () => HTMLInputElement | undefined,
  readKeys: () => Promise<readonly RunKey[] | null>,
): FilterCompletion {
  const [known, setKnown] = createSignal<readonly RunKey[]>([])
  const [completion, setCompletion] = createSignal(NOTHING)
  const [chosen, setChosen] = createSignal(-1)
  const options = (): readonly CompletionOption[] => completion().options
  const taken = (): number => (chosen() < 0 && completion().isUnfinished ? 0 : chosen())
  const close = (): void => void setCompletion(NOTHING)

  function offer(): void {
    const input = field()
    if (input === undefined) return
    setCompletion(completeFilter(input.value, input.selectionStart ?? input.value.length, known()))
    setChosen(-1)
  }

  function replace(from: number, to: number, by: string): void {
    const input = field()
    if (input === undefined) return
    const next = `${text().slice(0, from)}${by}${text().slice(to)}`
    input.value = next
    input.focus()
    input.setSelectionRange(from + by.length, from + by.length)
    edit(next)
    offer()
  }

  function accept(index: number): void {
    const { from, to } = completion()
    const option = options()[index]
    if (option === undefined) return
    replace(from, to, text().slice(to).startsWith(' ') ? option.text : `${option.text} `)
  }

  function press(event: KeyboardEvent): void {
    const count = options().length
    if (event.key === 'Escape' && count > 0) {
      event.stopPropagation()
      close()
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && count > 0) {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      setChosen((index) => (index < 0 && step < 0 ? count - 1 : (index + step + count) % count))
    } else if (event.key === 'Tab' && !event.shiftKey && count > 0 && chosen() >= 0) {
      event.preventDefault()
      accept(chosen())
    } else if (event.key === 'Enter') {
      if (taken() >= 0) return accept(taken())
      close()
      apply()
    }
  }

  return {
    options,
    chosen,
    taken,
    textNumbers: createMemo(() => namesOfTextNumbers(text(), known())),
    offer,
    async learn() {
      const keys = await readKeys()
      if (keys !== null) setKnown(keys)
      if (document.activeElement === field()) offer()
    },
    close,
    accept,
    replace,
    press,
  }
}
