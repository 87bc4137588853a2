import { createSignal, createUniqueId, For, type JSX } from 'solid-js'
import { Button } from '../../widgets/button.tsx'
import { Dialog, DialogFoot } from '../../widgets/dialog.tsx'
import { formatPlural } from '../../widgets/number-format.ts'
import { ColorPicker } from '../experiment/color-picker.tsx'
import './run-dialogs.css'

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly list?: string
  onInput(value: string): void
}

function Field(props: FieldProps) {
  return (
    <label class="run-dialogs-field">
      {props.label}
      <input
        dir="auto"
        autocomplete="off"
        spellcheck={false}
        list={props.list}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
    </label>
  )
}

/** A form in a dialog that Enter sends. */
function Ask(props: {
  readonly title: string
  readonly children: JSX.Element
  onSubmit(): void
  onClose(): void
}) {
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          props.onSubmit()
        }}
      >
        {props.children}
      </form>
    </Dialog>
  )
}

interface TagDialogProps {
  readonly count: number
  /** Tags some runs have. */
  readonly known: readonly string[]
  /** null removes the tag. */
  onTag(key: string, value: string | null): void
  onClose(): void
}

/** Says something of all selected runs, or no longer. */
export function TagDialog(props: TagDialogProps) {
  const listId = createUniqueId()
  const [key, setKey] = createSignal('')
  const [value, setValue] = createSignal('')
  function tag(to: string | null): void {
    props.onTag(key().trim(), to)
    props.onClose()
  }
  return (
    <Ask
      title={`Tag ${formatPlural(props.count, 'run')}`}
      onClose={props.onClose}
      onSubmit={() => key().trim() !== '' && tag(value().trim())}
    >
      <Field label="Tag" value={key()} list={listId} onInput={setKey} />
      <datalist id={listId}>
        <For each={props.known}>{(known) => <option value={known} />}</For>
      </datalist>
      <Field label="Value" value={value()} onInput={setValue} />
      <DialogFoot>
        <Button look="quiet" disabled={!props.known.includes(key().trim())} onClick={() => tag(null)}>
          Remove this tag
        </Button>
        <Button type="submit" look="primary" disabled={key().trim() === ''}>
          Set tag
        </Button>
      </DialogFoot>
    </Ask>
  )
}

interface GroupDialogProps {
  readonly count: number
  /** null: no group. */
  onGroup(group: string | null): void
  onClose(): void
}

/** Puts the selected runs into one group. */
export function GroupDialog(props: GroupDialogProps) {
  const [name, setName] = createSignal('')
  function group(to: string | null): void {
    props.onGroup(to)
    props.onClose()
  }
  return (
    <Ask
      title={`Group ${formatPlural(props.count, 'run')}`}
      onClose={props.onClose}
      onSubmit={() => name().trim() !== '' && group(name().trim())}
    >
      <Field label="Group" value={name()} onInput={setName} />
      <DialogFoot>
        <Button look="quiet" onClick={() => group(null)}>
          Remove from group
        </Button>
        <Button type="submit" look="primary" disabled={name().trim() === ''}>
          Set group
        </Button>
      </DialogFoot>
    </Ask>
  )
}

interface RenameDialogProps {
  readonly name: string
  onRename(name: string): void
  onClose(): void
}

export function RenameDialog(props: RenameDialogProps) {
  const [name, setName] = createSignal(props.name)
  return (
    <Ask
      title="Rename run"
      onClose={props.onClose}
      onSubmit={() => {
        if (name().trim() === '') return
        if (name().trim() !== props.name) props.onRename(name().trim())
        props.onClose()
      }}
    >
      <Field label="Name" value={name()} onInput={setName} />
      <DialogFoot>
        <Button type="submit" look="primary" disabled={name().trim() === ''}>
          Rename
        </Button>
      </DialogFoot>
    </Ask>
  )
}

interface ColorDialogProps {
  readonly count: number
  onPick(color: string | null): void
  onClose(): void
}

export function ColorDialog(props: ColorDialogProps) {
  const [color, setColor] = createSignal<string | null>(null)
  return (
    <Ask
      title={`Colour ${formatPlural(props.count, 'run')}`}
      onClose={props.onClose}
      onSubmit={() => {
        props.onPick(color())
        props.onClose()
      }}
    >
      <ColorPicker value={color()} onPick={setColor} />
      <DialogFoot>
        <Button type="submit" look="primary">
          Set colour
        </Button>
      </DialogFoot>
    </Ask>
  )
}
