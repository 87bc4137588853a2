import { createEffect, createSignal, on, Show } from 'solid-js'
import { Button } from './button.tsx'
import './text-edit.css'

interface TextEditProps {
  readonly label: string
  readonly value: string
  readonly placeholder: string
  onCommit(value: string): void
  /** Where it can be put away: the buttons are there at once. */
  onClose?(): void
}

/** Plain text of several lines: the buttons appear once it differs, Ctrl or Cmd with Enter commits, Esc takes back. */
export function TextEdit(props: TextEditProps) {
  const [draft, setDraft] = createSignal('')
  createEffect(on(() => props.value, setDraft))
  const changed = (): boolean => draft() !== props.value

  function discard(): void {
    setDraft(props.value)
    props.onClose?.()
  }

  function keys(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) props.onCommit(draft())
    if (event.key === 'Escape' && (changed() || props.onClose !== undefined)) {
      event.stopPropagation()
      discard()
    }
  }

  return (
    <div class="text-edit">
      <textarea
        rows={Math.min(12, Math.max(2, draft().split('\n').length))}
        aria-label={props.label}
        placeholder={props.placeholder}
        value={draft()}
        onInput={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={keys}
      />
      <Show when={changed() || props.onClose !== undefined}>
        <div class="text-edit-foot">
          <Button look="quiet" onClick={discard}>
            Discard
          </Button>
          <Button onClick={() => props.onCommit(draft())}>Keep changes</Button>
        </div>
      </Show>
    </div>
  )
}

interface NameEditProps {
  readonly label: string
  readonly value: string
  onCommit(value: string): void
}

/** One line that reads as a heading until it is edited: Enter or leaving commits, Esc takes back. */
export function NameEdit(props: NameEditProps) {
  function commit(field: HTMLInputElement): void {
    const name = field.value.trim()
    if (name === '') field.value = props.value
    else if (name !== props.value) props.onCommit(name)
  }
  return (
    <input
      class="text-edit-name"
      aria-label={props.label}
      value={props.value}
      spellcheck={false}
      onBlur={(event) => commit(event.currentTarget)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') {
          event.stopPropagation()
          event.currentTarget.value = props.value
          event.currentTarget.blur()
        }
      }}
    />
  )
}
