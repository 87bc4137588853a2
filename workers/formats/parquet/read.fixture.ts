import { parquetReadObjects } from 'hyparquet'
import type { ReadPoint } from '../read-point.fixture.ts'
import { unzip } from '../unzip.fixture.ts'

export type Row = Readonly<Record<string, unknown>>

/** The rows of each file, by its path. */
export async function readTables(file: Blob): Promise<ReadonlyMap<string, readonly Row[]>> {
  const tables = new Map<string, readonly Row[]>()
  for (const [path, bytes] of await unzip(file))
    tables.set(path, await parquetReadObjects({ file: bytes.buffer }))
  return tables
}

export async function readPoints(file: Blob): Promise<readonly ReadPoint[]> {
  return [...(await readTables(file))]
    .filter(([path]) => path.startsWith('metrics/'))
    .flatMap(([, rows]) => rows)
    .map(({ run_id, key, step, value, time }) => [
      String(run_id),
      String(key),
      Number(step),
      Number(value),
      Number(time),
    ])
}
