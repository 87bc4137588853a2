import { INTEGER } from '../../../src/model/column.ts'
import { readChunkColumns } from '../points/chunk-rows.ts'
import { measurePoints, mergeStats, type PointStats } from '../points/point-stats.ts'
import type { Sql } from '../sql.ts'

const CHUNK = { id: INTEGER, count: INTEGER } as const

/** Measures the series of a schema before 8, which did not tell how far values lie apart. Cost: reads every point once. */
export function fillDeviations(sql: Sql): void {
  for (const seriesId of sql.column('select id from series', [], INTEGER)) {
    const chunks = sql.all(
      'select id, count from chunks where series_id = ? order by ordinal',
      [seriesId],
      CHUNK,
    )
    let stats: PointStats | null = null
    for (const { id, count } of chunks) {
      if (count === 0) continue
      const columns = readChunkColumns(sql, id, count)
      const part = measurePoints({ steps: columns.steps(), values: columns.values, times: columns.times() })
      stats = stats === null ? part : mergeStats(stats, part)
    }
    sql.run('update series set std = ? where id = ?', stats?.std ?? null, seriesId)
  }
}
