import type { LogBatch } from '../../src/model/log-batch.ts'
import { err, ok } from '../../src/model/result.ts'
import type { Outcome } from '../../src/protocol/outcome.ts'
import type { IngestReceipt } from '../../src/protocol/store-api.ts'
import type { Databases } from '../db/databases.ts'
import type { Notices } from '../db/notices.ts'
import type { Applied } from '../ingest/apply-batch.ts'
import type { BatchWriter } from '../ingest/batch-writer.ts'
import { isForWantOfRoom } from '../ingest/storage-room.ts'
import { beingReplaced } from '../jobs/errors.ts'
import type { Condemn } from '../jobs/job.ts'
import { storageFull } from './answer-errors.ts'

/** Takes batches into the own database, and says why it cannot. */
export interface Intake {
  ingest(batch: LogBatch): Outcome<IngestReceipt>
  /** True from a failed write for lack of room until a write succeeds again. */
  isFull(): boolean
}

export interface IntakeOptions {
  readonly databases: Databases
  readonly writer: BatchWriter
  readonly condemn: Condemn
  readonly notices: Notices
  /** Resolves when everything that a batch goes on with is there. */
  readonly prepare: (batch: LogBatch) => Promise<void> | undefined
  readonly onWritten: (batch: LogBatch, applied: Applied) => void
  /** Whether anyone read points lately. */
  readonly isWatched: () => boolean
}

export function makeIntake(options: IntakeOptions): Intake {
  const { databases, writer, condemn, notices, prepare, onWritten, isWatched } = options
  const { own, files } = databases
  let full = false
  /** Settled unless the last write failed and it is not known why. */
  let explaining: Promise<unknown> = Promise.resolve()

  function setFull(isFull: boolean): void {
    if (full === isFull) return
    full = isFull
    notices.storageChanged()
  }

  return {
    isFull: () => full,
    async ingest(batch) {
      // What was sent after a write that failed must not be looked at before that is explained.
      await explaining
      let result
      try {
        await prepare(batch)
        result = await writer.write(batch, Date.now())
      } catch (cause) {
        if (condemn(cause)) return err(beingReplaced())
        const isFull = isForWantOfRoom(cause, files.kind)
        explaining = isFull
        if (!(await isFull)) throw cause
        setFull(true)
        own.log?.shrink()
        return err(storageFull(files))
      }
      if (!result.ok) return result
      if (result.value.wrote) setFull(false)
      onWritten(batch, result.value)
      const receipt = { sequence: result.value.sequence, watched: isWatched() }
      return ok(files.kind === 'memory' ? { ...receipt, memory: files.reason } : receipt)
    },
  }
}
