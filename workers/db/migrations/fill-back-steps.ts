import { INTEGER } from '../../../src/model/column.ts'
import { readChunkColumns } from '../points/chunk-rows.ts'
import type { Sql } from '../sql.ts'

const CHUNK = { id: INTEGER, count: INTEGER } as const

/** Counts where steps go back in the series of a schema before 10. Cost: reads the steps of every point once. */
export function fillBackSteps(sql: Sql): void {
  for (const seriesId of sql.column('select id from series', [], INTEGER)) {
    const chunks = sql.all(
      'select id, count from chunks where series_id = ? order by ordinal',
      [seriesId],
      CHUNK,
    )
    let before = Number.NEGATIVE_INFINITY
    let backSteps = 0
    for (const { id, count } of chunks) {
      for (const step of readChunkColumns(sql, id, count).steps()) {
        if (step < before) backSteps += 1
        before = step
      }
    }
    if (backSteps > 0) sql.run('update series set back_steps = ? where id = ?', backSteps, seriesId)
  }
}
