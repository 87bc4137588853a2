import type { ExportedFile } from '../../protocol/files-api.ts'
import { createJob, type Job } from '../tracker/create-job.ts'
import type { StorageState } from '../tracker/create-storage.ts'
import type { Tracker } from '../tracker/tracker.ts'

export interface DamageActions {
  readonly download: Job<ExportedFile>
  start(): Promise<ExportedFile | undefined>
  /** Answers why not, as a sentence; null when it was done. */
  settle(action: 'dismiss' | 'delete'): Promise<string | null>
}

/** What the user can do about one damaged database. */
export function createDamageActions(tracker: Tracker, storage: StorageState, name: string): DamageActions {
  const download = createJob<ExportedFile>(tracker)
  return {
    download,
    async start() {
      const outcome = await download.start((jobId) => tracker.api.exportDamaged({ jobId, name }))
      return outcome.ok ? outcome.value : undefined
    },
    async settle(action) {
      const outcome = await tracker.api.settleDamaged({ name, action })
      storage.refresh()
      return outcome.ok ? null : outcome.error.message
    },
  }
}
