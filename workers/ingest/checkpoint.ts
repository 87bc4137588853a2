import { writeChunk } from '../db/points/chunk-rows.ts'
import type { Database } from '../db/database.ts'
import type { SeriesState } from '../db/points/series-state.ts'
import { writeSomeArrays } from './deferred-arrays.ts'

/** Beyond this, tails of series nobody wrote to since the last checkpoint are let go of. */
const IDLE_TAILS_MAX_BYTES = 16 * 2 ** 20

/** Beyond this, all are. */
const TAILS_MAX_BYTES = 64 * 2 ** 20

/** A state without points weighs about 500 bytes. */
const MAX_STATES = 20_000

/** A client that has not been heard of for a month will not resend. */
const CLIENT_KEPT_MS = 30 * 24 * 3_600_000

/**
 * Writes the arrays that wait and every tail that grew, as the short chunk of its series, so that the database holds all
 * there is. Inside a transaction.
 *
 * Cost: writes the tail of each series that grew, and up to `DEFERRED_MAX_BYTES` of arrays. When the transaction fails: see `restore`.
 */
export function checkpoint(database: Database, now: number): void {
  const { sql, points } = database
  const { memory } = points
  while (writeSomeArrays(database));
  const idle: SeriesState[] = []
  let tailBytes = 0
  for (const state of memory.states()) {
    tailBytes += state.tail.bytes
    if (state.tail.count === state.shortCount) {
      idle.push(state)
      continue
    }
    const id = state.shortChunkId ?? memory.nextChunkId()
    writeChunk(sql, { id, seriesId: state.id, ordinal: state.sealed, sealed: false }, state.tail.points())
    state.shortChunkId = id
    state.shortCount = state.tail.count
  }
  sql.run('delete from clients where seen_at < ?', now - CLIENT_KEPT_MS)
  const isTooMuch = tailBytes > TAILS_MAX_BYTES || memory.size > MAX_STATES
  const unwanted = isTooMuch ? memory.states() : tailBytes > IDLE_TAILS_MAX_BYTES ? idle : []
  for (const state of unwanted) memory.forget(state)
}
