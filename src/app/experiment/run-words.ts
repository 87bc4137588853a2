import type { Direction } from '../../model/experiment.ts'
import type { SeriesSummary } from '../../model/series.ts'
import type { RunStatus } from '../../model/run.ts'
import type { RunRow } from './create-runs.ts'
import { bestAggregate } from '../workspace/metric-direction.ts'

/** A status in words; a file says how things were when it was written. */
export function statusWords(status: RunStatus, readOnly: boolean): string {
  switch (status) {
    case 'running':
      return readOnly ? 'unfinished when exported' : 'running'
    case 'finished':
      return 'finished'
    case 'failed':
      return 'failed'
    case 'killed':
      return 'stopped without saying so'
  }
}

/** A status in a word, for a list; null where the run has ended well, or lives and shows it. */
export function briefStatus(status: RunStatus, readOnly: boolean): string | null {
  switch (status) {
    case 'running':
      return readOnly ? 'unfinished' : null
    case 'finished':
      return null
    case 'failed':
      return 'failed'
    case 'killed':
      return 'cut off'
  }
}

/** The number a run is ranked by: its best value, or the last one where "best" means nothing. */
export function rankedValue(summary: SeriesSummary | undefined, direction: Direction): number | null {
  if (summary === undefined) return null
  return summary[bestAggregate(direction)]
}

/** ↓ where small is good, ↑ where large is. */
export function directionArrow(direction: Direction): string {
  return { min: '↓', max: '↑', none: '' }[direction]
}

/** How long a run took, or has taken by `now`. Of a run in a file that was running nobody knows: null. */
export function runDuration(
  run: Pick<RunRow, 'startedAt' | 'endedAt'>,
  now: number,
  readOnly: boolean,
): number | null {
  if (run.endedAt !== null) return run.endedAt - run.startedAt
  return readOnly ? null : now - run.startedAt
}
