import { EXPORT_FORMATS } from '../../../src/protocol/export-formats.ts'
import { rawFileOf } from '../../db/raw-file.ts'
import type { StoreFiles } from '../../db/store-files.ts'
import { makeBlobParts } from '../../jobs/blob-parts.ts'
import type { Progress } from '../../jobs/progress.ts'

const PART_BYTES = 2 ** 20

/** The bytes of a damaged database as they are, for download. Cost: a part of it in memory. */
export async function copyDamaged(files: StoreFiles, name: string, progress: Progress): Promise<Blob> {
  const sql = await files.open(name)
  try {
    const file = rawFileOf(sql)
    const { size } = file
    const parts = makeBlobParts()
    for (let at = 0; at < size; at += PART_BYTES) {
      parts.add(file.read(at, Math.min(PART_BYTES, size - at)))
      await progress.report(at, size, 'bytes')
    }
    return parts.close(EXPORT_FORMATS.db.mime)
  } finally {
    sql.close()
  }
}
