import type { LogBatch } from '../../../src/model/log-batch.ts'
import type { DamageRecord } from '../../db/damage-records.ts'
import type { Notices } from '../../db/notices.ts'

/** The salvage of damaged databases while it is under way; its code is loaded only when there is one. */
export interface Rescue {
  readonly records: () => readonly DamageRecord[]
  /** Resolves when everything that a batch goes on with is there, so that it may be applied. */
  prepare(batch: LogBatch): Promise<void>
  /** Salvages all the rest. */
  run(notices: Notices): Promise<void>
  /** Lets go of the files; what is missing is salvaged at the next start. */
  stop(): void
}
