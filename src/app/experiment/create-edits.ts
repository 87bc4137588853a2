import type { Change } from '../../model/log-batch.ts'
import type { ExperimentId, RunId } from '../../model/units.ts'
import { OWN_DATABASE } from '../../protocol/database-id.ts'
import type { KeepText } from '../../widgets/create-draft.ts'
import type { History } from '../shell/create-history.ts'
import type { ToastState } from '../shell/create-toasts.ts'
import { sayStep } from '../shell/say-step.ts'
import type { Tracker } from '../tracker/tracker.ts'
import { changesToDeed, commitChanges } from './commit-changes.ts'
import { editText } from './edit-text.ts'

/** What the user can change about one run of the own database. Each can be undone by the history. */
export interface Edits {
  /** Begins to rename a run that was called `before`. */
  rename(runId: RunId, before: string): KeepText
  /** Begins to write notes on a run that had those `before`. */
  writeNotes(runId: RunId, before: string): KeepText
  setColor(runId: RunId, color: string | null, before: string | null): Promise<void>
  /** Removes a run, says so and offers to take it back. */
  remove(runId: RunId, name: string): Promise<boolean>
}

export function createEdits(tracker: Tracker, history: History, toasts: ToastState): Edits {
  const commit = (changes: readonly Change[]): Promise<boolean> => commitChanges(tracker, toasts, changes)

  return {
    rename: (runId, before) =>
      editText(commit, history, {
        label: 'Rename a run',
        before,
        change: (name) => ({ type: 'setRunName', runId, name }),
      }),
    writeNotes: (runId, before) =>
      editText(commit, history, {
        label: 'Write notes on a run',
        before,
        change: (notes) => ({ type: 'setRunNotes', runId, notes }),
      }),
    async setColor(runId, color, before) {
      const set = (to: string | null): readonly Change[] => [{ type: 'setRunColor', runId, color: to }]
      if (!(await commit(set(color)))) return
      history.push({
        label: 'Colour a run',
        undo: changesToDeed(set(before)),
        redo: changesToDeed(set(color)),
      })
    },
    async remove(runId, name) {
      const removal: readonly Change[] = [{ type: 'removeRuns', runIds: [runId], removedAt: Date.now() }]
      const removed = await commit(removal)
      if (removed) {
        const undo = changesToDeed([{ type: 'restoreRuns', runIds: [runId] }])
        const step = { label: 'Delete a run', undo, redo: changesToDeed(removal) }
        sayStep(history, toasts, step, `${name} was deleted.`)
      }
      return removed
    },
  }
}

/** Removes all runs of an experiment, and with them it, says so and offers to take that back. */
export async function removeExperiment(
  tracker: Tracker,
  toasts: ToastState,
  experimentId: ExperimentId,
  name: string,
): Promise<void> {
  const runs = await tracker.api.readRuns({ database: OWN_DATABASE, experimentId })
  if (!runs.ok) return toasts.complain(runs.error.message)
  const { id: runIds } = runs.value
  if (!(await commitChanges(tracker, toasts, [{ type: 'removeRuns', runIds, removedAt: Date.now() }]))) return
  toasts.say(`${name} was deleted with its ${runIds.length === 1 ? 'run' : `${runIds.length} runs`}.`, {
    label: 'Undo',
    run: () => void commitChanges(tracker, toasts, [{ type: 'restoreRuns', runIds }]),
  })
}
