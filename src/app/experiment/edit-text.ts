import type { Change } from '../../model/log-batch.ts'
import { createId } from '../../model/units.ts'
import type { KeepText } from '../../widgets/create-draft.ts'
import type { History } from '../shell/create-history.ts'
import { changesToDeed } from './commit-changes.ts'

interface TextOfOurs {
  /** What is done to it, for a menu: “Rename a run”. */
  readonly label: string
  /** As it was. */
  readonly before: string
  change(text: string): Change
}

/** Begins an editing: each text is committed as it comes, and all of them are one step of the history. */
export function editText(
  commit: (changes: readonly Change[]) => Promise<boolean>,
  history: History,
  { label, before, change }: TextOfOurs,
): KeepText {
  const editing = createId()
  return (text) => {
    void commit([change(text)])
    history.push({
      label,
      editing,
      undo: changesToDeed([change(before)]),
      redo: changesToDeed([change(text)]),
    })
  }
}
