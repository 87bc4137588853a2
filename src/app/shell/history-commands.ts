import type { Command } from './create-commands.ts'
import type { History } from './create-history.ts'

/** What can be taken back, and done again. */
export function historyCommands({ undoLabel, redoLabel, undo, redo }: History): readonly Command[] {
  const [undone, redone] = [undoLabel(), redoLabel()]
  return [
    ...(undone === null ? [] : [{ title: `Undo: ${undone}`, group: 'Edit', key: 'mod+z', run: undo }]),
    ...(redone === null ? [] : [{ title: `Redo: ${redone}`, group: 'Edit', key: 'mod+shift+z', run: redo }]),
  ]
}
