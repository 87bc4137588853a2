import { createMemo, For } from 'solid-js'
import { useCommands, type Command } from './create-commands.ts'
import { Dialog } from '../../widgets/dialog.tsx'
import { KeyHint } from '../../widgets/key-hint.tsx'
import './keys-dialog.css'

interface KeysDialogProps {
  onClose(): void
}

interface KeyRow {
  readonly title: string
  readonly key: string
}

/** What the parts of the screen understand while they have the focus. */
const IN_PLACE: readonly (readonly [string, readonly KeyRow[]])[] = [
  [
    'A chart with the focus',
    [
      { title: 'Move the cursor', key: 'ArrowLeft+ArrowRight' },
      { title: 'Zoom in or out', key: 'plus+-' },
      { title: 'Show all of it', key: '0' },
    ],
  ],
  [
    'A run in the list',
    [
      { title: 'The next or the one before', key: 'ArrowUp+ArrowDown' },
      { title: 'Open it and go in; Esc comes back', key: 'Enter' },
      { title: 'Show or hide it in charts', key: 'h' },
      { title: 'What can be done with it', key: 'shift+F10' },
    ],
  ],
  [
    'A run in the table',
    [
      { title: 'Select it', key: 'space' },
      { title: 'Open it', key: 'Enter' },
      { title: 'Make it the baseline', key: 'b' },
      { title: 'What can be done with it', key: 'shift+F10' },
      { title: 'Copy the selected rows', key: 'mod+c' },
    ],
  ],
]

/** Every key that does something here. */
export function KeysDialog(props: KeysDialogProps) {
  const { commands } = useCommands()
  const groups = createMemo(() => [...groupKeys(commands()), ...IN_PLACE])
  return (
    <Dialog title="Keys" onClose={props.onClose}>
      <div class="keys-dialog">
        <For each={groups()}>
          {([group, rows]) => (
            <section class="keys-dialog-group">
              <h3>{group}</h3>
              <dl>
                <For each={rows}>
                  {(row) => (
                    <div class="keys-dialog-row">
                      <dt>{row.title}</dt>
                      <dd>
                        <KeyHint chord={row.key} />
                      </dd>
                    </div>
                  )}
                </For>
              </dl>
            </section>
          )}
        </For>
      </div>
    </Dialog>
  )
}

function groupKeys(commands: readonly Command[]): readonly (readonly [string, readonly KeyRow[]])[] {
  const groups = new Map<string, KeyRow[]>()
  for (const { group, title, key } of commands) {
    if (key === undefined) continue
    const rows = groups.get(group)
    if (rows === undefined) groups.set(group, [{ title, key }])
    else rows.push({ title, key })
  }
  return [...groups]
}
