import { NUMBER, TEXT } from '../../src/model/column.ts'
import { ok } from '../../src/model/result.ts'
import type { RunId } from '../../src/model/units.ts'
import type { EmptyBinReceipt } from '../../src/protocol/runs-api.ts'
import type { Outcome } from '../../src/protocol/outcome.ts'
import type { Database } from '../db/database.ts'
import type { Notices } from '../db/notices.ts'
import { databaseBytes } from '../db/store-files.ts'
import { eraseRuns } from '../ingest/erase-runs.ts'
import { reclaimAll, reclaimSome } from '../ingest/reclaim.ts'
import type { Progress } from './progress.ts'

/** Runs erased between two answers of the thread: their rows and as many points as this, but one run at least. */
const SLICE_RUNS = 50
const SLICE_POINTS = 5_000_000

/** Erases removed runs, and gives what they took back to the disk. */
export async function emptyBin(
  own: Database,
  runIds: readonly RunId[],
  notices: Notices,
  progress: Progress,
): Outcome<EmptyBinReceipt> {
  const removed = readRemoved(own, runIds)
  const before = databaseBytes(own.sql)
  let erased = 0
  try {
    for (const slice of toSlices(removed)) {
      eraseRuns(own, slice, Date.now())
      erased += slice.length
      await progress.report(erased, removed.length, 'runs')
    }
    reclaimAll(own)
    for (let left = reclaimSome(own); left > 0; left = reclaimSome(own)) {
      await progress.report(erased, removed.length, 'runs')
    }
  } finally {
    notices.runsChanged(
      own.id,
      removed.map(({ id }) => id),
    )
    notices.storageChanged()
  }
  return ok({ erased, freedBytes: Math.max(0, before - databaseBytes(own.sql)) })
}

interface Removed {
  readonly id: RunId
  readonly points: number
}

const REMOVED = { id: TEXT, points: NUMBER } as const

function readRemoved({ sql }: Database, runIds: readonly RunId[]): readonly Removed[] {
  return sql.all(
    `select r.id, (select total(count) from series where run_id = r.id) as points from runs r
     where r.removed_at is not null and r.id in (select value from json_each(?))`,
    [JSON.stringify(runIds)],
    REMOVED,
  )
}

function* toSlices(runs: readonly Removed[]): Generator<readonly RunId[]> {
  let slice: RunId[] = []
  let sum = 0
  for (const { id, points } of runs) {
    if (slice.length === SLICE_RUNS || (slice.length > 0 && sum + points > SLICE_POINTS)) {
      yield slice
      slice = []
      sum = 0
    }
    slice.push(id)
    sum += points
  }
  if (slice.length > 0) yield slice
}
