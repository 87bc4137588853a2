import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { DatabaseId } from '../../protocol/database-id.ts'
import { makePaced } from '../tracker/coalesce.ts'
import type { SqlConsole } from './create-sql-console.ts'
import type { Tracker } from '../tracker/tracker.ts'

/** A table that changes more often is not read. */
const PAUSE_MS = 1_000

export interface SqlLive {
  readonly live: Accessor<boolean>
  setLive(live: boolean): void
}

/** Runs the shown query again while the database grows. A query that fails or takes long is left alone. */
export function createSqlLive(tracker: Tracker, database: DatabaseId, console: SqlConsole): SqlLive {
  const [live, setLive] = createSignal(false)
  let isOpen = true
  let isDue = false
  onCleanup(() => {
    isOpen = false
  })

  const refresh = makePaced(async () => {
    if (!isOpen || !live() || console.work() !== null) return
    if (document.hidden) {
      isDue = true
      return
    }
    if (!(await console.refresh())) setLive(false)
  }, PAUSE_MS)

  onCleanup(
    tracker.onEvent((event) => {
      if (event.type !== 'seriesGrew' && event.type !== 'runsChanged') return
      if (event.database === database && live()) refresh()
    }),
  )
  function catchUp(): void {
    if (document.hidden || !isDue) return
    isDue = false
    refresh()
  }
  document.addEventListener('visibilitychange', catchUp)
  onCleanup(() => document.removeEventListener('visibilitychange', catchUp))
  createEffect(on(live, (isLive) => isLive && refresh(), { defer: true }))

  return { live, setLive }
}
