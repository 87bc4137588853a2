import { onMount, Show } from 'solid-js'
import { Button } from './button.tsx'
import { createDraft, type KeepText } from './create-draft.ts'
import './text-edit.css'

interface TextEditProps {
  readonly label: string
  readonly value: string
  readonly placeholder: string
  /** Begins an editing of what was there `before`; all of it can be undone at once. */
  begin(before: string): KeepText
  /** Where it can be put away; then it has the focus from the start. */
  readonly onDone?: (() => void) | undefined
}

/** Plain text of several lines, kept as it is typed. Ctrl or Cmd with Enter, and Esc, put it away. */
export function TextEdit(props: TextEditProps) {
  let field: HTMLTextAreaElement | undefined
  const draft = createDraft({ stored: () => props.value, begin: (before) => props.begin(before) })
  onMount(() => {
    if (props.onDone !== undefined) field?.focus()
  })

  function finish(): void {
    draft.end()
    field?.blur()
    props.onDone?.()
  }

  function keys(event: KeyboardEvent): void {
    const isDone = event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
    if (!isDone) return
    event.stopPropagation()
    finish()
  }

  return (
    <div class="text-edit">
      <textarea
        ref={(element) => (field = element)}
        rows={Math.min(12, Math.max(2, draft.text().split('\n').length))}
        aria-label={props.label}
        placeholder={props.placeholder}
        value={draft.text()}
        onInput={(event) => draft.write(event.currentTarget.value)}
        onBlur={() => draft.end()}
        onKeyDown={keys}
      />
      <Show when={props.onDone !== undefined}>
        <div class="text-edit-foot">
          <span class="text-edit-hint">Saved as you type</span>
          <Button onClick={finish}>Done</Button>
        </div>
      </Show>
    </div>
  )
}

interface NameEditProps {
  readonly label: string
  readonly value: string
  /** Begins an editing of what was there `before`; all of it can be undone at once. */
  begin(before: string): KeepText
}

/** One line that reads as a heading until it is edited, and is kept as it is typed. Enter and Esc leave it. */
export function NameEdit(props: NameEditProps) {
  const draft = createDraft({
    stored: () => props.value,
    begin: (before) => props.begin(before),
    // Nothing is without a name.
    toKept: (text) => text.trim() || null,
  })
  return (
    <input
      class="text-edit-name"
      aria-label={props.label}
      value={draft.text()}
      spellcheck={false}
      onInput={(event) => draft.write(event.currentTarget.value)}
      onBlur={() => draft.end()}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return
        event.stopPropagation()
        event.currentTarget.blur()
      }}
    />
  )
}
