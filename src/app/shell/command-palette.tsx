import uFuzzy from '@leeoniya/ufuzzy'
import { createEffect, createMemo, createSignal, createUniqueId, For, on, onMount, Show } from 'solid-js'
import { Portal } from 'solid-js/web'
import { useCommands, type Command } from './create-commands.ts'
import { KeyHint } from '../../widgets/key-hint.tsx'
import './command-palette.css'

interface CommandPaletteProps {
  onClose(): void
}

const MAX_SHOWN = 60

/** Everything that can be done here, found by a few letters. */
export function CommandPalette(props: CommandPaletteProps) {
  const { commands, named } = useCommands()
  const listId = createUniqueId()
  const [asked, setAsked] = createSignal('')
  const [current, setCurrent] = createSignal(0)
  const all = createMemo(() => [...commands(), ...named()])
  const found = createMemo(() =>
    findCommands(asked().trim() === '' ? commands() : all(), asked()).slice(0, MAX_SHOWN),
  )
  let dialog: HTMLDialogElement | undefined
  let list: HTMLUListElement | undefined
  onMount(() => dialog?.showModal())
  createEffect(on(found, () => setCurrent(0), { defer: true }))
  createEffect(on(current, (index) => list?.children[index]?.scrollIntoView({ block: 'nearest' })))

  function run(command: Command | undefined): void {
    if (command === undefined) return
    dialog?.close()
    // After the focus is back where it was: what is done may move it.
    queueMicrotask(() => command.run())
  }

  function keys(event: KeyboardEvent): void {
    const { length } = found()
    if (length === 0) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) setCurrent((index) => (index + step + length) % length)
    else if (event.key === 'Enter') run(found()[current()])
    else return
    event.preventDefault()
  }

  return (
    <Portal>
      <dialog
        class="command-palette"
        aria-label="Commands"
        ref={(element) => (dialog = element)}
        onClose={() => props.onClose()}
        onMouseDown={(event) => {
          if (event.target === dialog) dialog?.close()
        }}
      >
        <input
          class="command-palette-input"
          type="text"
          role="combobox"
          aria-label="Search commands"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={found().length === 0 ? undefined : `${listId}-${current()}`}
          placeholder="A command, a run, a metric, a param, a view"
          autocomplete="off"
          spellcheck={false}
          value={asked()}
          onInput={(event) => setAsked(event.currentTarget.value)}
          onKeyDown={keys}
        />
        <ul
          class="command-palette-list"
          role="listbox"
          id={listId}
          aria-label="Commands"
          ref={(element) => (list = element)}
        >
          <For each={found()}>
            {(command, index) => (
              <li
                class="command-palette-command"
                role="option"
                id={`${listId}-${index()}`}
                aria-selected={index() === current()}
                onMouseMove={() => setCurrent(index())}
                onClick={() => run(command)}
              >
                <span class="command-palette-group">{command.group}</span>
                <span class="command-palette-title">{command.title}</span>
                <Show when={command.key}>{(key) => <KeyHint chord={key()} />}</Show>
              </li>
            )}
          </For>
        </ul>
        <Show when={found().length === 0}>
          <p class="command-palette-none">Nothing here is called that.</p>
        </Show>
      </dialog>
    </Portal>
  )
}

const fuzzy = new uFuzzy({ intraMode: 0 })

/** The commands whose group and title have the words, those that fit best first; all of them for no word. */
export function findCommands(commands: readonly Command[], asked: string): readonly Command[] {
  if (asked.trim() === '') return commands
  const texts = commands.map(({ group, title }) => `${group} ${title}`)
  const [indexes, details, order] = fuzzy.search(texts, asked, 1)
  if (indexes === null) return []
  const ranked = order === null || details === null ? indexes : order.map((at) => details.idx[at] ?? 0)
  return ranked.flatMap((index) => commands[index] ?? [])
}
