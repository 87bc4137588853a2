import type { Sink } from './sinks.ts'
import { warnOnce } from './warn.ts'

/** What sinks are told of a run. */
export interface FollowedRun {
  readonly runId: string
  /** Ends it where its process has nothing left to do. */
  finish(): void
}

/** Resolves when the sinks have all of a run that has ended, or have been waited for long enough. */
export type AwaitSinks = () => Promise<void>

const NONE: AwaitSinks = () => Promise.resolve()

/** Replaced in Node by `workers/node/follow-sinks.ts`: a page may send nothing to foreign servers. */
export function followSinks(sinks: readonly Sink[], _run: FollowedRun): AwaitSinks {
  if (sinks.length > 0)
    warnOnce(
      'sinks are served in Node only; `npx kymo push mlflow URL` sends the runs of a browser, from the disk of its project',
    )
  return NONE
}
