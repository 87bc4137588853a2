import { err, ok, type Result } from '../../src/model/result.ts'
import type { StorageReport, StoreApi } from '../../src/protocol/store-api.ts'
import { trackerError, type TrackerError } from '../../src/protocol/tracker-error.ts'
import { OLDEST_INGEST_PROTOCOL, PROTOCOL_VERSION } from '../../src/protocol/version.ts'
import { readDamageRecords, writeDamageRecord, type DamageRecord } from '../db/damage-records.ts'
import type { Databases } from '../db/databases.ts'
import type { Notices } from '../db/notices.ts'
import { databaseBytes } from '../db/store-files.ts'
import type { Rescue } from '../formats/salvage/rescue-api.ts'
import { commit } from '../ingest/commit.ts'
import type { Jobs } from '../jobs/job.ts'
import { loadCode } from '../jobs/load-code.ts'
import { countRemoved } from '../read/experiments.ts'
import { readOpenedFile } from '../read/opened-files.ts'
import type { Intake } from './intake.ts'
import { versionMismatch } from './answer-errors.ts'

/** `rescue` tells how far the salvage of damaged databases is; null where there was none to begin. */
export function answerStore(
  databases: Databases,
  intake: Intake,
  rescue: Rescue | null,
  jobs: Jobs,
  notices: Notices,
): StoreApi {
  const { own, files } = databases

  async function readStorage(): Promise<Result<StorageReport, TrackerError>> {
    const opened = await databases.opened()
    const all = [own, ...opened]
    return ok({
      kind: files.kind,
      reason: files.reason,
      databaseBytes: all.reduce((sum, database) => sum + databaseBytes(database.sql), 0),
      full: intake.isFull(),
      binRuns: countRemoved(own),
      files: opened
        .flatMap((database) => readOpenedFile(database) ?? [])
        .toSorted((a, b) => a.openedAt - b.openedAt),
      damaged: readDamaged().map(({ hasRuns: _hasRuns, ...record }) => record),
    })
  }

  function readDamaged(): readonly DamageRecord[] {
    const live = new Map(rescue?.records().map((record) => [record.name, record]))
    return readDamageRecords(own.sql, files).map((record) =>
      record.state === 'recovering' ? (live.get(record.name) ?? record) : record,
    )
  }

  /** A damaged database that nobody reads any more. */
  function findDamaged(name: string): Result<DamageRecord, TrackerError> {
    const record = readDamaged().find((each) => each.name === name)
    if (record === undefined) return err(gone())
    return record.state === 'recovering' ? err(busy()) : ok(record)
  }

  return {
    hello: ({ protocolVersion }) =>
      Promise.resolve(
        // An older client may log; its own worker keeps it from reading what it would misread.
        protocolVersion >= OLDEST_INGEST_PROTOCOL && protocolVersion <= PROTOCOL_VERSION
          ? ok({ protocolVersion: PROTOCOL_VERSION, storage: files.kind })
          : err(versionMismatch(protocolVersion)),
      ),

    ingest: intake.ingest,
    readStorage,

    exportDamaged: ({ jobId, name }) =>
      jobs.run(jobId, 'The damaged database', async (progress) => {
        const found = findDamaged(name)
        if (!found.ok) return found
        const { foundAt, runs, points } = found.value
        const { copyDamaged } = await loadCode(() => import('../formats/salvage/copy-damaged.ts'))
        const file = await copyDamaged(files, name, progress)
        const fileName = `kymo-damaged-${new Date(foundAt).toISOString().slice(0, 10)}.db`
        return ok({ file, fileName, runs, points })
      }),

    settleDamaged({ name, action }) {
      const found = findDamaged(name)
      if (!found.ok) return Promise.resolve(found)
      if (action === 'delete') files.remove(name)
      else writeDamageRecord(own.sql, { ...found.value, dismissed: action === 'dismiss' })
      commit(own, Date.now())
      notices.storageChanged()
      return Promise.resolve(ok(null))
    },

    cancel(jobId) {
      jobs.cancel(jobId)
      return Promise.resolve(ok(null))
    },
  }
}

function gone(): TrackerError {
  return trackerError('unknown-database', 'The damaged database is not on this device any more.')
}

function busy(): TrackerError {
  return trackerError(
    'unknown-database',
    'The damaged database is still being read. Wait until its runs are recovered.',
  )
}
