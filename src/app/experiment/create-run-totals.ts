import { createSignal, type Accessor } from 'solid-js'
import { ok, type Result } from '../../model/result.ts'
import type { ExperimentId } from '../../model/units.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import type { TrackerError } from '../../protocol/tracker-error.ts'
import { formatCount, formatPlural } from '../../widgets/number-format.ts'
import { createLiveRead } from '../tracker/create-live-read.ts'
import type { Tracker } from '../tracker/tracker.ts'

/** The filter that shows what lists leave out. */
export const ARCHIVED_FILTER = 'archived is not null'

/** How many runs there are, whatever is filtered. */
export interface RunTotals {
  /** Those that a list shows without a filter. */
  readonly listed: number
  readonly archived: number
}

/** `12 of 60 runs`, or `60 runs` where none is left out. `found`: how many a filter finds. */
export function foundWords(found: number, filter: string, totals: RunTotals | undefined): string {
  if (filter === '' || totals === undefined) return formatPlural(found, 'run')
  // Archived runs are among those a filter looks at when it speaks of them.
  const all = totals.listed + (filter.includes('archived') ? totals.archived : 0)
  return found < all ? `${formatCount(found)} of ${formatPlural(all, 'run')}` : formatPlural(found, 'run')
}

/** Many runs may start in a row. Unit: milliseconds. */
const PAUSE_MS = 500

/** How many runs an experiment has, live; undefined until the first answer. */
export function createRunTotals(
  tracker: Tracker,
  database: DatabaseId,
  experimentId: ExperimentId,
): Accessor<RunTotals | undefined> {
  const [totals, setTotals] = createSignal<RunTotals>()

  function count(filter: string) {
    const none = { sort: [], offset: 0, limit: 0, columns: [] }
    return tracker.api.queryRuns({ database, experimentIds: [experimentId], filter, ...none })
  }

  async function read(): Promise<Result<RunTotals, TrackerError>> {
    const [listed, archived] = await Promise.all([count(''), count(ARCHIVED_FILTER)])
    if (!listed.ok) return listed
    return archived.ok ? ok({ listed: listed.value.total, archived: archived.value.total }) : archived
  }

  createLiveRead(tracker, { database, on: ['runsChanged'], pauseMs: PAUSE_MS, read, take: setTotals })
  return totals
}
