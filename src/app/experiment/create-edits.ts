import type { Change } from '../../model/log-batch.ts'
import type { ExperimentId, RunId } from '../../model/units.ts'
import { OWN_DATABASE } from '../../protocol/database-id.ts'
import type { ToastState } from '../shell/create-toasts.ts'
import type { Tracker } from '../tracker/tracker.ts'

/** What the user can change about runs of the own database. */
export interface Edits {
  rename(runId: RunId, name: string): void
  setNotes(runId: RunId, notes: string): void
  setColor(runId: RunId, color: string | null): void
  /** Removes a run and offers to take it back. */
  remove(runId: RunId, name: string): Promise<boolean>
  /** Removes all runs of an experiment, and with them it, and offers to take that back. */
  removeExperiment(experimentId: ExperimentId, name: string): Promise<void>
}

export function createEdits(tracker: Tracker, toasts: ToastState): Edits {
  async function commit(changes: readonly Change[]): Promise<boolean> {
    const receipt = await tracker.commit(changes)
    if (!receipt.ok) toasts.complain(receipt.error.message)
    return receipt.ok
  }

  return {
    rename: (runId, name) => void commit([{ type: 'setRunName', runId, name }]),
    setNotes: (runId, notes) => void commit([{ type: 'setRunNotes', runId, notes }]),
    setColor: (runId, color) => void commit([{ type: 'setRunColor', runId, color }]),
    async remove(runId, name) {
      const removed = await commit([{ type: 'removeRuns', runIds: [runId], removedAt: Date.now() }])
      if (removed) {
        toasts.say(`${name} was removed.`, {
          label: 'Undo',
          run: () => void commit([{ type: 'restoreRuns', runIds: [runId] }]),
        })
      }
      return removed
    },
    async removeExperiment(experimentId, name) {
      const runs = await tracker.api.readRuns({ database: OWN_DATABASE, experimentId })
      if (!runs.ok) return toasts.complain(runs.error.message)
      const { id: runIds } = runs.value
      if (!(await commit([{ type: 'removeRuns', runIds, removedAt: Date.now() }]))) return
      toasts.say(`${name} was removed with its ${runIds.length === 1 ? 'run' : `${runIds.length} runs`}.`, {
        label: 'Undo',
        run: () => void commit([{ type: 'restoreRuns', runIds }]),
      })
    },
  }
}
