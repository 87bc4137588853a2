import { createSignal, type Accessor } from 'solid-js'
import { ok } from '../../model/result.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import { createLiveRead } from '../tracker/create-live-read.ts'
import type { SqlConsole } from './create-sql-console.ts'
import type { Tracker } from '../tracker/tracker.ts'

/** A table that changes more often is not read. */
const PAUSE_MS = 1_000

export interface SqlLive {
  readonly live: Accessor<boolean>
  setLive(live: boolean): void
}

/** Runs the shown query again while the database grows. A query that fails or takes long is left alone. */
export function createSqlLive(
  tracker: Tracker,
  database: DatabaseId,
  console: Pick<SqlConsole, 'work' | 'refresh'>,
): SqlLive {
  const [live, setLive] = createSignal(false)
  createLiveRead(tracker, {
    database,
    on: ['seriesGrew', 'runsChanged'],
    pauseMs: PAUSE_MS,
    query: live,
    onlyShown: true,
    async read() {
      if (live() && console.work() === null && !(await console.refresh())) setLive(false)
      return ok(undefined)
    },
  })
  return { live, setLive }
}
