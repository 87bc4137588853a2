import { NUMBER } from '../../src/model/column.ts'
import { isJsonObject } from '../../src/model/json.ts'
import type { JsonValue } from '../../src/model/json.ts'
import { isOpenFormat } from '../../src/protocol/open-formats.ts'
import type { OpenedFile } from '../../src/protocol/files-api.ts'
import type { Database } from '../db/database.ts'
import { OPENED_FILE } from '../db/databases.ts'
import { readMeta } from '../db/meta.ts'

const COUNT_POINTS = `select coalesce(sum(s.count), 0) from series s join runs r on r.id = s.run_id
  where r.removed_at is null`

/** What an opened file says of itself, from the meta key OPENED_FILE and its rows; undefined for any other database. */
export function readOpenedFile(database: Database): OpenedFile | undefined {
  const { id, sql } = database
  const meta = readMeta(sql, OPENED_FILE)
  if (!isJsonObject(meta)) return undefined
  const { fileName, fileBytes, format, openedAt, warnings } = meta
  return {
    database: id,
    fileName: typeof fileName === 'string' ? fileName : id,
    fileBytes: numberOr0(fileBytes),
    format: isOpenFormat(format) ? format : 'db',
    openedAt: numberOr0(openedAt),
    runs: sql.value('select count(*) from runs where removed_at is null', [], NUMBER) ?? 0,
    points: sql.value(COUNT_POINTS, [], NUMBER) ?? 0,
    warnings: Array.isArray(warnings) ? warnings.map(String) : [],
  }
}

function numberOr0(value: JsonValue | undefined): number {
  return typeof value === 'number' ? value : 0
}
