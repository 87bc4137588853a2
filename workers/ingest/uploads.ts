import { NUMBER } from '../../src/model/column.ts'
import type { ArraySection } from '../../src/model/log-batch.ts'
import type { RunId } from '../../src/model/units.ts'
import { countBlobBytes, deleteBlob } from '../db/blobs.ts'
import type { Sql } from '../db/sql.ts'

/** The blob in which an array that arrives in parts is kept. */
export function findUpload(sql: Sql, upload: string): number | undefined {
  return sql.value('select blob_id from arrays where upload = ?', [upload], NUMBER)
}

/** Why a part cannot be taken; null when it follows what is there. */
export function whyNoPart(sql: Sql, sections: readonly ArraySection[]): string | null {
  for (const { key, part } of sections) {
    if (part === undefined) continue
    const blobId = findUpload(sql, part.id)
    const expected = blobId === undefined ? 0 : countBlobBytes(sql, blobId)
    if (part.offset !== expected) return `a part of the array ${key} came at ${part.offset}, not ${expected}`
  }
  return null
}

/** Deletes what arrived of arrays whose other parts will not come any more. */
export function deleteUploads(sql: Sql, runId: RunId): void {
  const blobIds = sql.column(
    'select blob_id from arrays where run_id = ? and upload is not null',
    [runId],
    NUMBER,
  )
  sql.run('delete from arrays where run_id = ? and upload is not null', runId)
  // Nobody else's: a blob is only shared once it is all there.
  for (const id of blobIds) deleteBlob(sql, id)
}
