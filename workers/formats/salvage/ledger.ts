import { NUMBER } from '../../../src/model/column.ts'
import { writeDamageRecord } from '../../db/damage-records.ts'
import type { DamageRecord } from '../../db/damage-records.ts'
import type { Database } from '../../db/database.ts'
import { applyBatch } from '../../ingest/apply-batch.ts'
import { commit, undoOnFailure } from '../../ingest/commit.ts'
import { NO_DIGESTS } from '../../ingest/large-arrays.ts'
import type { Digests } from '../../ingest/large-arrays.ts'
import { parseBatch } from '../../ingest/parse-batch.ts'
import { Unreadable } from '../../jobs/errors.ts'
import type { Part } from '../contents.ts'

/** What of a damaged database came over, and how more of it does: as batches of clients named after what they bring. */
export interface Ledger {
  readonly record: DamageRecord
  /** Kept with what is committed next. */
  note(part: Partial<DamageRecord>): void
  /** Applies a batch; one that came over before must not be taken again. Errors: throws `Unreadable` for a malformed one. */
  take(what: string, sequence: number, part: Part, digests?: Digests): void
  /** Whether it came over before this salvage was interrupted. */
  isTaken(what: string, sequence: number): boolean
  /** Commits together; never leaves salvaged rows uncommitted to those that are logged meanwhile. */
  commit(work: () => void): void
}

/** `now` is written as when it came over. Unit: UnixMs. */
export function makeLedger(own: Database, begun: DamageRecord, now: number): Ledger {
  let record = begun
  const clientOf = (what: string): string => `salvage ${begun.name} ${what}`

  return {
    get record() {
      return record
    },
    note: (part) => void (record = { ...record, ...part }),
    take(what, sequence, part, digests = NO_DIGESTS) {
      const clientId = clientOf(what)
      const batch = parseBatch({ clientId, sequence, firstUnacknowledged: sequence, ...part })
      if (!batch.ok) throw new Unreadable('file-corrupt', batch.error.message)
      const applied = applyBatch(own, batch.value, now, digests)
      if (!applied.ok) throw new Unreadable('file-corrupt', applied.error.message)
    },
    isTaken(what, sequence) {
      const last = own.sql.value('select sequence from clients where id = ?', [clientOf(what)], NUMBER)
      return (last ?? 0) >= sequence
    },
    commit(work) {
      undoOnFailure(own, () => {
        own.sql.begin()
        work()
        writeDamageRecord(own.sql, record)
        commit(own, now)
      })
    },
  }
}
