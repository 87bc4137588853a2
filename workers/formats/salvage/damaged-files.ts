import { err, ok } from '../../../src/model/result.ts'
import type { DamagedDatabase } from '../../../src/protocol/store-api.ts'
import type { TrackerApi } from '../../../src/protocol/tracker-api.ts'
import { trackerError, type TrackerError } from '../../../src/protocol/tracker-error.ts'
import { readDamageRecords, writeDamageRecord } from '../../db/damage-records.ts'
import type { DamageRecord } from '../../db/damage-records.ts'
import type { Databases } from '../../db/databases.ts'
import type { Notices } from '../../db/notices.ts'
import { commit } from '../../ingest/commit.ts'
import type { Jobs } from '../job.ts'
import { loadCode } from '../load-code.ts'
import type { Rescue } from './rescue-api.ts'

export type DamagedCalls = Pick<TrackerApi, 'exportDamaged' | 'settleDamaged'> & {
  readDamaged(): readonly DamagedDatabase[]
}

/** Begins to salvage what a damaged database left; null when there is none. Loads its code only then. */
export async function openRescue(databases: Databases): Promise<Rescue | null> {
  const records = readDamageRecords(databases.own.sql, databases.files)
  if (records.every(({ state }) => state !== 'recovering')) return null
  const { beginRescue } = await loadCode(() => import('./rescue.ts'))
  return beginRescue(databases)
}

/** What the user can do about damaged databases. */
export function makeDamagedCalls(
  { own, files }: Databases,
  rescue: Rescue | null,
  jobs: Jobs,
  notices: Notices,
): DamagedCalls {
  function readRecords(): readonly DamageRecord[] {
    const live = new Map(rescue?.records().map((record) => [record.name, record]))
    return readDamageRecords(own.sql, files).map((record) =>
      record.state === 'recovering' ? (live.get(record.name) ?? record) : record,
    )
  }

  function find(name: string): DamageRecord | undefined {
    return readRecords().find((record) => record.name === name)
  }

  return {
    readDamaged: () => readRecords().map(({ hasRuns: _hasRuns, ...record }) => record),

    exportDamaged: ({ jobId, name }) =>
      jobs.run(jobId, 'The damaged database', async (progress) => {
        const record = find(name)
        if (record === undefined) return err(gone())
        if (record.state === 'recovering') return err(busy())
        const { copyDamaged } = await loadCode(() => import('./copy-damaged.ts'))
        const file = await copyDamaged(files, name, progress)
        const fileName = `kymo-damaged-${new Date(record.foundAt).toISOString().slice(0, 10)}.db`
        return ok({ file, fileName, runs: record.runs, points: record.points })
      }),

    settleDamaged({ name, action }) {
      const record = find(name)
      if (record === undefined) return Promise.resolve(err(gone()))
      if (record.state === 'recovering') return Promise.resolve(err(busy()))
      if (action === 'delete') files.remove(name)
      else writeDamageRecord(own.sql, { ...record, dismissed: action === 'dismiss' })
      commit(own, Date.now())
      notices.storageChanged()
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
