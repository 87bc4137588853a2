import { readEstimate } from '../../src/model/storage-estimate.ts'
import { takeRefusal } from '../db/room-refusals.ts'
import { SqlError } from '../db/sql.ts'
import type { StorageKind } from '../../src/protocol/store-api.ts'

/** Primary result codes. Source: sqlite.org/rescode.html. */
const NOMEM = 7
const IOERR = 10
const FULL = 13

/** A write that fails with less room than this left failed for want of room: a batch, its chunks and the journal. */
const ROOM_NEEDED_BYTES = 32 * 2 ** 20

/** What is known of failures: several batches and readers may hear of one, and it tells why only once. */
const explained = new WeakMap<object, Promise<boolean>>()

/**
 * Whether a failed write failed for want of room. The VFS says only "I/O error" then, so what the
 * file handle threw counts, or what the browser tells of the room there is.
 */
export function isForWantOfRoom(cause: unknown, kind: StorageKind): Promise<boolean> {
  if (!(cause instanceof Error)) return Promise.resolve(false)
  const known = explained.get(cause) ?? explain(cause, kind)
  explained.set(cause, known)
  return known
}

async function explain(cause: Error, kind: StorageKind): Promise<boolean> {
  if (cause instanceof DOMException && cause.name === 'QuotaExceededError') return true
  if (!(cause instanceof SqlError)) return false
  const primary = cause.primaryCode
  if (primary === FULL) return true
  if (kind === 'memory') return primary === NOMEM
  if (kind === 'disk') return false
  return primary === IOERR && (takeRefusal() || (await isRoomShort()))
}

async function isRoomShort(): Promise<boolean> {
  const { quota, used } = await readEstimate()
  return quota === null || used === null || quota - used < ROOM_NEEDED_BYTES
}
