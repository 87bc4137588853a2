import type { RunId } from '../../src/model/units.ts'
import type { Database } from '../db/database.ts'
import { readMeta, writeMeta } from '../db/meta.ts'
import { eraseRuns } from '../ingest/erase-runs.ts'

/** The meta key under which the own database names the runs that are being copied into it. */
const KEEPING = 'keeping'

/** Who copies, where several may: a lock that shows whether it lives. */
const KEEPER = 'keeper'

/** Names the runs about to be copied, so that whatever interrupts the copy they can be erased again. */
export function beginKeeping({ sql }: Database, runIds: readonly RunId[], keeper = ''): void {
  writeMeta(sql, KEEPER, keeper)
  writeMeta(sql, KEEPING, runIds)
}

export function endKeeping({ sql }: Database): void {
  writeMeta(sql, KEEPING, [])
}

/** Erases runs whose copy was interrupted: that of a keeper who is gone. */
export function eraseHalfKept(own: Database, isGone: (keeper: string) => boolean = () => true): void {
  const half = readMeta(own.sql, KEEPING)
  if (!Array.isArray(half) || half.length === 0) return
  if (!isGone(String(readMeta(own.sql, KEEPER) ?? ''))) return
  eraseRuns(own, half.map(String), Date.now())
  endKeeping(own)
}
