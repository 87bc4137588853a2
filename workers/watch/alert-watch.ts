import type { ExperimentId, RunId } from '../../src/model/units.ts'
import type { RunWatch, WatchOptions } from './watch-runs.ts'

/** Called after every batch that is durable, with the runs that grew and the experiments whose arrangement changed. */
export type AlertWatch = (grown: ReadonlySet<RunId>, arranged: ReadonlySet<ExperimentId>) => void

/** Holds alert rules against what is logged. Cost: one look into an empty table where there are none; its code comes with the first rule. */
export function makeAlertWatch(options: WatchOptions): AlertWatch {
  const { sql } = options.database
  let watch: Promise<RunWatch> | undefined
  return (grown, arranged) => {
    if (grown.size + arranged.size === 0 || !sql.exists('select 1 from alerts', [])) return
    watch ??= import('./watch-runs.ts').then(({ watchRuns }) => watchRuns(options))
    // An alert is looked for again with the next points; what fails for good fails every write, and is said there.
    watch.then((loaded) => loaded.look(grown, arranged)).catch(() => (watch = undefined))
  }
}
